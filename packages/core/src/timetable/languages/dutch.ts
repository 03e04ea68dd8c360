import type { Language } from "./Language.ts"

/** Dutch. */
export const dutch: Language = {
  code: "nl",
  hasAccents: false,
  reach: "headers",
  weekdays: [
    ["maandag", "maa", "ma", "m"],
    ["dinsdag", "din", "di", "d"],
    ["woensdag", "woe", "wo", "w"],
    ["donderdag", "don", "do", "d"],
    ["vrijdag", "vrij", "vr", "v"],
    ["zaterdag", "zat", "za", "z"],
    ["zondag", "zon", "zo", "z"]
  ],
  dayGroups: [
    { name: "maandag tot en met vrijdag", first: 0, last: 4 },
    { name: "elke dag", first: 0, last: 4 }
  ],
  dayEndings: [],
  months: [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
    "mrt",
    "okt"
  ],
  listWords: ["en", "of"],
  rangeWords: ["tot", "t/m"],
  am: [],
  pm: [],
  noon: [],
  weekWords: ["week"],
  periodWords: ["lesuur", "les", "lesblok"],
  columns: {
    day: ["dag", "dagen"],
    time: ["tijd", "tijden"],
    start: ["begin", "van", "begintijd"],
    end: ["einde", "tot", "eindtijd"],
    name: ["vak", "les", "activiteit"],
    room: ["lokaal", "plaats"],
    teacher: ["docent", "leraar", "leerkracht", "juf", "meester"],
    period: ["lesuur", "uur"],
    notes: ["datum", "opmerkingen", "opmerking"],
    className: ["klas", "groep"]
  },
  labels: {
    className: ["klas", "groep"],
    teacher: ["mentor", "leerkracht"],
    term: ["blok", "periode"],
    year: ["schooljaar"],
    schoolName: ["school"]
  },
  schoolWords: ["basisschool", "lyceum", "universiteit", "hogeschool"],
  officeWords: ["directeur", "rector"],
  termWords: ["blok", "periode"],
  smallWords: ["en", "of", "van", "de", "het", "een", "met", "voor", "op"],
  breakWords: ["pauze", "lunchpauze", "speelkwartier", "middagpauze"],
  noLessonWords: ["geen les", "geen lessen", "geen school", "lesvrij"],
  personTitles: ["dhr", "mevr", "mevrouw", "meneer", "juf", "meester"],
  roomWords: ["lokaal", "gymzaal", "practicum", "aula"],
  bellWords: ["zoemer"],
  routineWords: ["elke dag", "dagelijks"]
}
