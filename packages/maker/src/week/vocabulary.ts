import type { Weekday } from "@timegrid/core"

/** English or French, as in ISO 639-1. */
export type Language = "en" | "fr"

/** What kind of school a week belongs to; it decides subjects, lengths of lessons and names of classes. */
export type Stage = "primary" | "secondary" | "university"

/** The words of one language that made timetables are written with. Schools and people are invented. */
export interface Vocabulary {
  readonly days: Readonly<Record<Weekday, string>>
  readonly subjects: Readonly<Record<Stage, ReadonlyArray<string>>>
  /** What the whole school does at one time. */
  readonly shared: ReadonlyArray<string>
  readonly shortBreaks: ReadonlyArray<string>
  readonly longBreaks: ReadonlyArray<string>
  readonly schools: Readonly<Record<Stage, ReadonlyArray<string>>>
  readonly classes: Readonly<Record<Stage, ReadonlyArray<string>>>
  readonly terms: ReadonlyArray<string>
  readonly teachers: ReadonlyArray<string>
  readonly rooms: ReadonlyArray<string>
  readonly footnotes: ReadonlyArray<string>
  readonly labels: {
    readonly time: string
    readonly day: string
    readonly period: string
    readonly start: string
    readonly end: string
    readonly lesson: string
    readonly room: string
    readonly teacher: string
    readonly timetable: string
    readonly everyDay: string
    readonly week: string
    readonly signature: string
    readonly duty: string
  }
}

const english: Vocabulary = {
  days: {
    Monday: "Monday",
    Tuesday: "Tuesday",
    Wednesday: "Wednesday",
    Thursday: "Thursday",
    Friday: "Friday",
    Saturday: "Saturday",
    Sunday: "Sunday"
  },
  subjects: {
    primary: [
      "Maths",
      "Phonics",
      "Story Writing",
      "Number Games",
      "Science",
      "Music",
      "Art and Craft",
      "Gymnastics",
      "Geography",
      "History",
      "Library",
      "Swimming",
      "Spanish",
      "Drama",
      "Computing",
      "Forest Walk",
      "Shared Reading",
      "Choir"
    ],
    secondary: [
      "Mathematics",
      "English Literature",
      "Biology",
      "Chemistry",
      "Physics",
      "World History",
      "Geography",
      "German",
      "Spanish",
      "Economics",
      "Media Studies",
      "Design Technology",
      "Athletics",
      "Philosophy",
      "Statistics",
      "Orchestra",
      "Textiles",
      "Robotics"
    ],
    university: [
      "Linear Algebra",
      "Organic Chemistry",
      "Macroeconomics",
      "Fluid Mechanics",
      "Databases",
      "Compilers",
      "Signal Processing",
      "Soil Science",
      "Public Law",
      "Ethics Seminar",
      "Microbiology",
      "Game Theory",
      "Urban Planning",
      "Phonology",
      "Computer Graphics",
      "Materials Lab"
    ]
  },
  shared: ["Assembly", "Silent Reading", "Tutor Time", "House Meeting", "Study Hall"],
  shortBreaks: ["BREAK", "Break", "Morning Tea", "Snack", "Recess", "Playtime"],
  longBreaks: ["LUNCH", "Lunch", "Lunch Break", "Dinner"],
  schools: {
    primary: ["Fernhollow Primary School", "Otterbrook Infants", "St Wilfreda's Primary School", "Larkrise School"],
    secondary: ["Aldermoor High School", "Kestrel Ridge Academy", "Pennyhill Secondary School", "Ravensgate College"],
    university: ["Northmere University", "Institute of Technology Halvard", "University of Saltmarsh"]
  },
  classes: {
    primary: ["Class 3P", "Year 2 Hedgehogs", "Willow Class", "Grade 4B", "Room 7", "Year 5 Herons"],
    secondary: ["Year 9 Blue", "Form 10C", "Grade 8R", "11 Kepler", "Year 7 Wren"],
    university: ["BSc Year 1", "Semester 3 Group B", "MSc Data", "BA Year 2"]
  },
  terms: ["Spring Term", "Autumn Term", "Term 3", "Semester 2", "Summer Term"],
  teachers: [
    "Ms Okafor",
    "Mr Lindqvist",
    "Mrs Tanaka",
    "Dr Varga",
    "Mr Bellweather",
    "Ms Quill",
    "Mrs Nakamura",
    "Mr Osei",
    "Dr Halloran",
    "Ms Petrov"
  ],
  rooms: ["R12", "R3", "Lab 2", "Hall", "B104", "C21", "Gym", "Studio", "A007", "Room 15"],
  footnotes: [
    "Please bring a water bottle every day.",
    "This plan may change after half term.",
    "Library books go back on the last day of the week.",
    "Clubs are listed on the board next to the office."
  ],
  labels: {
    time: "Time",
    day: "Day",
    period: "Period",
    start: "Start",
    end: "End",
    lesson: "Lesson",
    room: "Room",
    teacher: "Teacher",
    timetable: "Timetable",
    everyDay: "Every day",
    week: "Week",
    signature: "Head of School",
    duty: "On duty"
  }
}

const french: Vocabulary = {
  days: {
    Monday: "Lundi",
    Tuesday: "Mardi",
    Wednesday: "Mercredi",
    Thursday: "Jeudi",
    Friday: "Vendredi",
    Saturday: "Samedi",
    Sunday: "Dimanche"
  },
  subjects: {
    primary: [
      "Lecture",
      "Calcul",
      "Dictée",
      "Musique",
      "Arts plastiques",
      "Gymnastique",
      "Géographie",
      "Histoire",
      "Sciences",
      "Anglais",
      "Poésie",
      "Piscine",
      "Écriture",
      "Théâtre"
    ],
    secondary: [
      "Mathématiques",
      "Français",
      "Anglais",
      "Espagnol",
      "Physique",
      "Chimie",
      "Technologie",
      "Histoire",
      "Géographie",
      "Éducation musicale",
      "Latin",
      "Biologie",
      "Philosophie"
    ],
    university: [
      "Algèbre linéaire",
      "Analyse numérique",
      "Droit public",
      "Génie civil",
      "Bases de données",
      "Microéconomie",
      "Thermodynamique",
      "Linguistique",
      "Projet tutoré"
    ]
  },
  shared: ["Vie de classe", "Étude", "Lecture silencieuse"],
  shortBreaks: ["PAUSE", "Pause", "Récréation"],
  longBreaks: ["REPAS", "Repas", "Déjeuner", "Cantine"],
  schools: {
    primary: ["École des Trois Tilleuls", "École Hirondelle"],
    secondary: ["Collège Saint-Orval", "Lycée Montclairval"],
    university: ["Université de Valbrune", "Institut Polytechnique d'Aubefort"]
  },
  classes: {
    primary: ["CM1 B", "CE2 Mésanges", "CP A"],
    secondary: ["4e C", "2nde 3", "Classe 5e B"],
    university: ["Licence 2", "Groupe TD 4", "Master 1"]
  },
  terms: ["Trimestre 2", "Semestre 1", "Trimestre 3"],
  teachers: ["Mme Arnaud", "M. Bellegarde", "Mme Vasseur", "M. Kermadec", "Mme Ndiaye", "M. Roussel"],
  rooms: ["S12", "Salle 4", "Labo 1", "B204", "Gymnase", "Amphi C"],
  footnotes: ["Apporter les affaires de sport.", "La cantine ferme tôt la veille des vacances."],
  labels: {
    time: "Heure",
    day: "Jour",
    period: "Période",
    start: "Début",
    end: "Fin",
    lesson: "Cours",
    room: "Salle",
    teacher: "Professeur",
    timetable: "Emploi du temps",
    everyDay: "Tous les jours",
    week: "Semaine",
    signature: "La direction",
    duty: "Surveillant"
  }
}

/** The words of each language. */
export const vocabularies: Readonly<Record<Language, Vocabulary>> = { en: english, fr: french }
