import type { Language } from "./Language.ts"

/** Māori. */
export const maori: Language = {
  code: "mi",
  hasAccents: true,
  reach: "headers",
  weekdays: [
    ["rahina", "mane"],
    ["ratu", "turei"],
    ["raapa", "wenerei"],
    ["rapare", "taite"],
    ["ramere", "paraire"],
    ["rahoroi", "hatarei"],
    ["ratapu"]
  ],
  dayGroups: [],
  dayEndings: [],
  months: [
    "kohitatea",
    "huitanguru",
    "poutu-te-rangi",
    "paenga-whawha",
    "haratua",
    "pipiri",
    "hongongoi",
    "here-turi-koka",
    "mahuru",
    "whiringa-a-nuku",
    "whiringa-a-rangi",
    "hakihea"
  ],
  listWords: ["me"],
  rangeWords: ["ki"],
  am: [],
  pm: [],
  noon: [],
  weekWords: ["wiki"],
  periodWords: ["wahanga"],
  columns: {
    day: ["ra"],
    time: ["wa"],
    start: ["timata"],
    end: ["mutunga"],
    name: ["kaupapa", "akoranga"],
    room: ["ruma"],
    teacher: ["kaiako"],
    period: ["wahanga"],
    notes: ["tuhinga"],
    className: ["akomanga"]
  },
  labels: {
    className: ["akomanga"],
    teacher: ["kaiako"],
    term: ["wahanga"],
    year: ["tau"],
    schoolName: ["kura"]
  },
  schoolWords: ["kura", "wharekura"],
  officeWords: ["tumuaki"],
  termWords: ["wahanga"],
  smallWords: ["me", "te", "nga", "ki", "i", "o", "a", "he"],
  breakWords: ["wa kai", "wa ta", "kai"],
  noLessonWords: ["karekau he kura"],
  personTitles: ["whaea", "matua"],
  roomWords: ["ruma"],
  bellWords: ["pere"],
  routineWords: ["ia ra"]
}
