import type { Language } from "./Language.ts"

/** German. */
export const german: Language = {
  code: "de",
  hasAccents: true,
  reach: "headers",
  weekdays: [
    ["montag", "mon", "mo", "m"],
    ["dienstag", "die", "di", "d"],
    ["mittwoch", "mit", "mi", "m"],
    ["donnerstag", "don", "do", "d"],
    ["freitag", "fre", "fr", "f"],
    ["samstag", "sonnabend", "sam", "sa", "s"],
    ["sonntag", "son", "so", "s"]
  ],
  dayGroups: [
    { name: "montag bis freitag", first: 0, last: 4 },
    { name: "taglich", first: 0, last: 4 }
  ],
  dayEndings: [],
  months: [
    "januar",
    "februar",
    "marz",
    "april",
    "mai",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "dezember",
    "okt",
    "dez"
  ],
  listWords: ["und", "oder"],
  rangeWords: ["bis"],
  am: [],
  pm: [],
  noon: [],
  weekWords: ["woche"],
  periodWords: ["stunde", "std", "unterrichtsstunde"],
  columns: {
    day: ["tag", "wochentag"],
    time: ["zeit", "uhrzeit", "von - bis"],
    start: ["beginn", "von", "anfang"],
    end: ["ende", "bis"],
    name: ["fach", "unterricht", "thema", "veranstaltung"],
    room: ["raum", "zimmer", "ort"],
    teacher: ["lehrer", "lehrerin", "lehrkraft", "dozent", "dozentin"],
    period: ["stunde", "std"],
    notes: ["datum", "bemerkung", "bemerkungen", "hinweise"],
    className: ["klasse", "gruppe"]
  },
  labels: {
    className: ["klasse"],
    teacher: ["klassenlehrer", "klassenlehrerin", "klassenleitung"],
    term: ["halbjahr"],
    year: ["schuljahr"],
    schoolName: ["schule"]
  },
  schoolWords: ["schule", "grundschule", "gymnasium", "realschule", "gesamtschule", "universitat", "hochschule"],
  officeWords: ["schulleiter", "schulleiterin", "rektor", "rektorin"],
  termWords: ["halbjahr", "wintersemester", "sommersemester", "schulhalbjahr"],
  smallWords: ["und", "oder", "der", "die", "das", "im", "mit", "von", "zu", "fur", "ein", "eine"],
  breakWords: ["pause", "hofpause", "mittagspause", "mittagessen", "fruhstuckspause"],
  noLessonWords: ["schulfrei", "unterrichtsfrei", "kein unterricht", "keine schule", "feiertag"],
  personTitles: ["herr", "frau"],
  roomWords: ["raum", "zimmer", "labor", "turnhalle", "sporthalle", "aula", "werkraum"],
  bellWords: ["klingel", "gong"],
  routineWords: ["jeden tag", "taglich"]
}
