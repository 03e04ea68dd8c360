/** The words of one language that a timetable is understood by. Written without accents and in lower case. */
export interface Language {
  /** ISO 639-1. */
  readonly code: string
  /** Whether its words bear accents, which OCR loses. */
  readonly hasAccents: boolean
  /** Names and abbreviations of Monday to Sunday, longest first. Single letters are read only along an axis of days. */
  readonly weekdays: ReadonlyArray<ReadonlyArray<string>>
  /** Groups of days that have a name: `first` to `last`, 0 is Monday. */
  readonly dayGroups: ReadonlyArray<{ readonly name: string; readonly first: number; readonly last: number }>
  /** Between the two ends of a range of days or times. */
  readonly rangeWords: ReadonlyArray<string>
  readonly am: ReadonlyArray<string>
  readonly pm: ReadonlyArray<string>
  readonly noon: ReadonlyArray<string>
  /** Before or after the number of a period. */
  readonly periodWords: ReadonlyArray<string>
  /** Before the letter or number of a week in a cycle. */
  readonly weekWords: ReadonlyArray<string>
  /** Names of columns, by what stands below them. */
  readonly columns: Readonly<Record<ColumnRole, ReadonlyArray<string>>>
  /** Labels of metadata in headings. */
  readonly labels: Readonly<Record<MetadataField, ReadonlyArray<string>>>
  /** Words that make a line the name of a school. */
  readonly schoolWords: ReadonlyArray<string>
  /** Offices of people who sign a timetable. */
  readonly officeWords: ReadonlyArray<string>
  /** Words that name a part of the year, alone or before a number. */
  readonly termWords: ReadonlyArray<string>
  /** Words that never end a broken word, so a line that begins with one is not joined to the line before. */
  readonly smallWords: ReadonlyArray<string>
  /** Names of spans without lessons, which everybody has at the same time. */
  readonly breakWords: ReadonlyArray<string>
  /** Titles before the name of a person. */
  readonly personTitles: ReadonlyArray<string>
  /** Words for a room, before or after its name or number. */
  readonly roomWords: ReadonlyArray<string>
  /** Words that make a line without an end a moment rather than a lesson. */
  readonly bellWords: ReadonlyArray<string>
  /** What names the row that is the same every day. */
  readonly routineWords: ReadonlyArray<string>
}

/** What a column of a list holds. */
export type ColumnRole =
  | "day"
  | "time"
  | "start"
  | "end"
  | "name"
  | "room"
  | "teacher"
  | "period"
  | "notes"
  | "className"

/** What a heading can say of the whole timetable. */
export type MetadataField = "className" | "teacher" | "term" | "year" | "schoolName"

const english: Language = {
  code: "en",
  hasAccents: false,
  weekdays: [
    ["monday", "mond", "mon", "mo", "m"],
    ["tuesday", "tues", "tue", "tu", "t"],
    ["wednesday", "weds", "wedn", "wed", "we", "w"],
    ["thursday", "thurs", "thur", "thu", "th", "t"],
    ["friday", "frid", "fri", "fr", "f"],
    ["saturday", "sat", "sa", "s"],
    ["sunday", "sun", "su", "s"]
  ],
  dayGroups: [
    { name: "weekdays", first: 0, last: 4 },
    { name: "every weekday", first: 0, last: 4 },
    { name: "weekend", first: 5, last: 6 }
  ],
  rangeWords: ["to", "until", "till", "thru", "through"],
  am: ["am", "a.m", "a. m"],
  pm: ["pm", "p.m", "p. m"],
  noon: ["noon", "midday"],
  weekWords: ["week", "wk"],
  periodWords: ["period", "per", "p", "lesson", "hour", "slot", "session", "block", "class"],
  columns: {
    day: ["day", "days", "weekday"],
    time: ["time", "times", "hours", "when", "slot", "time slot"],
    start: ["start", "start time", "from", "begin", "begins", "starts"],
    end: ["end", "end time", "to", "until", "finish", "ends"],
    name: ["subject", "activity", "lesson", "course", "what", "event", "module", "session", "title"],
    room: ["room", "class room", "classroom", "location", "where", "venue", "place", "room no"],
    teacher: ["teacher", "lecturer", "staff", "instructor", "tutor", "faculty", "professor", "who"],
    period: ["period", "no", "no.", "lesson no", "#", "nr"],
    notes: ["notes", "note", "remarks", "comments", "details"],
    className: ["class", "group", "form", "year group", "section"]
  },
  labels: {
    className: ["class", "form", "group", "class name", "year group"],
    teacher: ["teacher", "class teacher", "tutor", "form tutor", "form teacher"],
    term: ["term", "semester"],
    year: ["year", "academic year", "school year", "session"],
    schoolName: ["school", "college", "institution"]
  },
  schoolWords: [
    "school",
    "college",
    "academy",
    "university",
    "institute",
    "campus",
    "polytechnic",
    "kindergarten",
    "nursery"
  ],
  officeWords: ["head", "headteacher", "principal", "director", "dean", "coordinator", "registrar"],
  termWords: ["term", "semester", "autumn", "spring", "summer", "winter", "trimester", "fall"],
  smallWords: [
    "and",
    "or",
    "of",
    "with",
    "in",
    "to",
    "the",
    "for",
    "a",
    "an",
    "on",
    "at",
    "by",
    "then",
    "from",
    "as",
    "is",
    "am",
    "pm"
  ],
  breakWords: ["break", "lunch", "recess", "playtime", "snack", "interval", "lunch break", "assembly", "dinner"],
  bellWords: ["bell", "bells", "gong", "buzzer"],
  personTitles: ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "madam", "coach"],
  roomWords: [
    "room",
    "rm",
    "lab",
    "laboratory",
    "hall",
    "gym",
    "gymnasium",
    "studio",
    "workshop",
    "auditorium",
    "theatre"
  ],
  routineWords: ["daily routine", "routine", "every day", "daily", "all days", "each day"]
}

const french: Language = {
  code: "fr",
  hasAccents: true,
  weekdays: [
    ["lundi", "lun", "lu", "l"],
    ["mardi", "mar", "ma", "m"],
    ["mercredi", "mercr", "mer", "me", "m"],
    ["jeudi", "jeu", "je", "j"],
    ["vendredi", "vendr", "ven", "ve", "v"],
    ["samedi", "sam", "sa", "s"],
    ["dimanche", "dim", "di", "d"]
  ],
  dayGroups: [{ name: "tous les jours", first: 0, last: 4 }],
  rangeWords: ["a", "à", "au", "jusqu'a", "jusqu'à"],
  am: [],
  pm: [],
  noon: ["midi"],
  weekWords: ["semaine", "sem"],
  periodWords: ["periode", "cours", "heure", "seance"],
  columns: {
    day: ["jour", "jours"],
    time: ["heure", "heures", "horaire", "horaires"],
    start: ["debut", "heure de debut", "de"],
    end: ["fin", "heure de fin", "a"],
    name: ["matiere", "activite", "cours", "discipline"],
    room: ["salle", "local", "lieu"],
    teacher: ["professeur", "enseignant", "enseignante", "prof", "enseignant(e)"],
    period: ["periode", "no", "n°"],
    notes: ["remarques", "notes"],
    className: ["classe", "groupe"]
  },
  labels: {
    className: ["classe", "groupe"],
    teacher: ["professeur", "enseignant", "enseignante", "professeur principal"],
    term: ["session", "trimestre", "semestre"],
    year: ["annee", "annee scolaire"],
    schoolName: ["ecole", "college", "lycee", "etablissement"]
  },
  schoolWords: ["ecole", "college", "lycee", "universite", "cegep", "institut", "maternelle"],
  officeWords: ["directeur", "directrice", "proviseur", "principale", "coordinateur", "coordinatrice"],
  termWords: ["trimestre", "semestre", "automne", "hiver", "printemps", "ete"],
  smallWords: [
    "et",
    "ou",
    "de",
    "du",
    "des",
    "la",
    "le",
    "les",
    "en",
    "au",
    "aux",
    "a",
    "un",
    "une",
    "pour",
    "avec",
    "d'une",
    "d'un"
  ],
  breakWords: ["pause", "repas", "recreation", "recre", "dejeuner", "diner", "cantine", "pause dejeuner"],
  bellWords: ["sonnerie", "cloche", "gong"],
  personTitles: ["m", "mme", "mlle", "dr", "pr", "prof"],
  roomWords: ["salle", "local", "labo", "laboratoire", "gymnase", "amphi", "atelier", "auditorium"],
  routineWords: ["tous les jours", "chaque jour"]
}

/** The languages that are read; more are more entries. */
export const languages: ReadonlyArray<Language> = [english, french]

const combiningMarks = /\p{M}/gu

/** Most of what is written has nothing to fold but its capitals. */
const plainText = /^(?! )(?:[!-~]| (?! |$))*$/

/** Lower case without accents, white space folded: the form in which {@link Language} words are written. */
export const fold = (text: string): string =>
  plainText.test(text)
    ? text.toLowerCase()
    : text.normalize("NFD").replace(combiningMarks, "").replaceAll("’", "'").replace(/\s+/g, " ").trim().toLowerCase()

/** All entries of a kind, of every language, as one set. */
export const wordSet = (pick: (language: Language) => ReadonlyArray<string>): ReadonlySet<string> =>
  new Set(languages.flatMap(pick))

/** Names of spans without lessons, in every language. */
export const breakWords: ReadonlySet<string> = wordSet((language) => language.breakWords)

/** Whether a text names a break, alone or with other words. */
export const namesBreak = (text: string): boolean => {
  const folded = fold(text)
  return breakWords.has(folded) || folded.split(/[^\p{L}\p{M}]+/u).some((word) => breakWords.has(word))
}
