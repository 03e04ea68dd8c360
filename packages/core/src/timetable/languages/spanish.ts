import type { Language } from "./Language.ts"

/** Spanish. */
export const spanish: Language = {
  code: "es",
  hasAccents: true,
  reach: "headers",
  weekdays: [
    ["lunes", "lun", "l"],
    ["martes", "mar", "m"],
    ["miercoles", "mie", "mier", "x", "m"],
    ["jueves", "jue", "j"],
    ["viernes", "vie", "v"],
    ["sabado", "sab", "s"],
    ["domingo", "dom", "d"]
  ],
  dayGroups: [
    { name: "lunes a viernes", first: 0, last: 4 },
    { name: "todos los dias", first: 0, last: 4 }
  ],
  dayEndings: [],
  months: [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
    "ene",
    "abr",
    "ago",
    "dic"
  ],
  listWords: ["y", "o"],
  rangeWords: ["a", "hasta", "al"],
  am: [],
  pm: [],
  noon: [],
  weekWords: ["semana"],
  periodWords: ["hora", "periodo", "modulo", "clase"],
  columns: {
    day: ["dia", "dias"],
    time: ["hora", "horas", "horario"],
    start: ["inicio", "desde", "comienzo"],
    end: ["fin", "hasta", "final"],
    name: ["asignatura", "materia", "actividad", "clase"],
    room: ["aula", "salon", "sala", "lugar"],
    teacher: ["profesor", "profesora", "docente", "maestro", "maestra"],
    period: ["periodo"],
    notes: ["fecha", "notas", "observaciones"],
    className: ["grupo", "curso", "grado"]
  },
  labels: {
    className: ["grupo", "curso", "grado"],
    teacher: ["profesor", "profesora", "tutor", "tutora"],
    term: ["semestre", "trimestre"],
    year: ["ano escolar", "curso escolar"],
    schoolName: ["escuela", "colegio", "instituto"]
  },
  schoolWords: ["escuela", "colegio", "instituto", "universidad", "liceo"],
  officeWords: ["director", "directora", "coordinador", "coordinadora"],
  termWords: ["semestre", "trimestre", "cuatrimestre", "otono", "primavera", "verano", "invierno"],
  smallWords: ["y", "o", "de", "del", "la", "el", "los", "las", "en", "al", "un", "una", "para", "con"],
  breakWords: ["recreo", "descanso", "almuerzo", "comida", "merienda"],
  noLessonWords: ["no hay clase", "no hay clases", "sin clase", "sin clases", "festivo", "dia festivo"],
  personTitles: ["sr", "sra", "srta", "prof", "profa"],
  roomWords: ["aula", "salon", "sala", "laboratorio", "gimnasio", "taller"],
  bellWords: ["timbre", "campana"],
  routineWords: ["todos los dias", "cada dia"]
}
