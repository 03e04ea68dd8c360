import type { Language } from "./Language.ts"

/** Italian. */
export const italian: Language = {
  code: "it",
  hasAccents: true,
  reach: "headers",
  weekdays: [
    ["lunedi", "lun", "lu", "l"],
    ["martedi", "mar", "ma", "m"],
    ["mercoledi", "mer", "me", "m"],
    ["giovedi", "gio", "gi", "g"],
    ["venerdi", "ven", "ve", "v"],
    ["sabato", "sab", "sa", "s"],
    ["domenica", "dom", "do", "d"]
  ],
  dayGroups: [
    { name: "dal lunedi al venerdi", first: 0, last: 4 },
    { name: "tutti i giorni", first: 0, last: 4 }
  ],
  dayEndings: [],
  months: [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre"
  ],
  listWords: ["e", "o"],
  rangeWords: ["a", "al", "alle"],
  am: [],
  pm: [],
  noon: [],
  weekWords: ["settimana"],
  periodWords: ["ora", "lezione"],
  columns: {
    day: ["giorno", "giorni"],
    time: ["ora", "ore", "orario"],
    start: ["inizio", "dalle"],
    end: ["fine", "alle"],
    name: ["materia", "disciplina", "attivita"],
    room: ["aula", "stanza", "luogo"],
    teacher: ["docente", "insegnante", "professore", "professoressa"],
    period: [],
    notes: ["data", "note"],
    className: ["classe", "sezione"]
  },
  labels: {
    className: ["classe", "sezione"],
    teacher: ["docente", "coordinatore", "coordinatrice"],
    term: ["quadrimestre", "semestre"],
    year: ["anno scolastico"],
    schoolName: ["scuola", "istituto"]
  },
  schoolWords: ["scuola", "istituto", "liceo", "universita"],
  officeWords: ["preside", "dirigente"],
  termWords: ["quadrimestre", "trimestre"],
  smallWords: ["e", "di", "del", "della", "il", "lo", "la", "gli", "le", "con", "per", "un", "una"],
  breakWords: ["intervallo", "ricreazione", "mensa", "pranzo", "pausa"],
  noLessonWords: ["niente scuola", "niente lezione", "festivo"],
  personTitles: ["sig", "sigra", "prof", "profssa"],
  roomWords: ["aula", "laboratorio", "palestra"],
  bellWords: ["campanella"],
  routineWords: ["tutti i giorni", "ogni giorno"]
}
