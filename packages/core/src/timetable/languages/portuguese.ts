import type { Language } from "./Language.ts"

/** Portuguese. */
export const portuguese: Language = {
  code: "pt",
  hasAccents: true,
  reach: "headers",
  weekdays: [
    ["segunda", "seg", "s"],
    ["terca", "ter", "t"],
    ["quarta", "qua", "q"],
    ["quinta", "qui", "q"],
    ["sexta", "sex", "s"],
    ["sabado", "sab", "s"],
    ["domingo", "dom", "d"]
  ],
  dayGroups: [
    { name: "segunda a sexta", first: 0, last: 4 },
    { name: "todos os dias", first: 0, last: 4 }
  ],
  dayEndings: ["feira", "feiras"],
  months: [
    "janeiro",
    "fevereiro",
    "marco",
    "abril",
    "maio",
    "junho",
    "julho",
    "agosto",
    "setembro",
    "outubro",
    "novembro",
    "dezembro"
  ],
  listWords: ["e", "ou"],
  rangeWords: ["a", "ate"],
  am: [],
  pm: [],
  noon: [],
  weekWords: ["semana"],
  periodWords: ["aula", "tempo", "periodo"],
  columns: {
    day: ["dia", "dias"],
    time: ["hora", "horas", "horario"],
    start: ["inicio"],
    end: ["fim", "termino"],
    name: ["disciplina", "materia", "atividade"],
    room: ["sala", "local"],
    teacher: ["professor", "professora", "docente"],
    period: ["tempo"],
    notes: ["data", "observacoes", "notas"],
    className: ["turma", "ano"]
  },
  labels: {
    className: ["turma"],
    teacher: ["professor", "professora"],
    term: ["semestre", "bimestre"],
    year: ["ano letivo"],
    schoolName: ["escola", "colegio"]
  },
  schoolWords: ["escola", "colegio", "universidade", "faculdade"],
  officeWords: ["diretor", "diretora", "coordenador", "coordenadora"],
  termWords: ["semestre", "bimestre", "trimestre"],
  smallWords: ["e", "ou", "de", "do", "da", "dos", "das", "em", "no", "na", "com", "para", "um", "uma"],
  breakWords: ["intervalo", "recreio", "almoco", "lanche"],
  noLessonWords: ["sem aula", "sem aulas", "nao ha aulas", "feriado"],
  personTitles: ["sr", "sra", "prof", "profa"],
  roomWords: ["sala", "laboratorio", "ginasio", "quadra"],
  bellWords: ["sinal", "campainha"],
  routineWords: ["todos os dias", "cada dia"]
}
