import type { Language } from "./Language.ts"

/** Swedish. */
export const swedish: Language = {
  code: "sv",
  hasAccents: true,
  reach: "headers",
  weekdays: [
    ["mandag", "man", "ma", "m"],
    ["tisdag", "tis", "ti", "t"],
    ["onsdag", "ons", "on", "o"],
    ["torsdag", "tors", "tor", "to", "t"],
    ["fredag", "fre", "fr", "f"],
    ["lordag", "lor", "lo", "l"],
    ["sondag", "son", "so", "s"]
  ],
  dayGroups: [
    { name: "mandag till fredag", first: 0, last: 4 },
    { name: "varje dag", first: 0, last: 4 }
  ],
  dayEndings: [],
  months: ["januari", "februari", "april", "juni", "juli", "augusti", "september", "oktober", "november", "december"],
  listWords: ["och"],
  rangeWords: ["till"],
  am: [],
  pm: [],
  noon: [],
  weekWords: ["vecka"],
  periodWords: ["lektion"],
  columns: {
    day: ["dag", "dagar"],
    time: ["tid", "tider", "klockan"],
    start: ["borjar", "starttid"],
    end: ["slutar", "sluttid"],
    name: ["amne", "kurs", "aktivitet"],
    room: ["sal", "lokal", "rum"],
    teacher: ["larare"],
    period: ["lektion"],
    notes: ["datum", "anmarkning"],
    className: ["klass", "grupp"]
  },
  labels: {
    className: ["klass", "grupp"],
    teacher: ["mentor", "klasslarare", "larare"],
    term: ["termin"],
    year: ["lasar"],
    schoolName: ["skola"]
  },
  schoolWords: ["skola", "skolan", "grundskola", "gymnasieskola", "universitet"],
  officeWords: ["rektor"],
  termWords: ["termin"],
  smallWords: ["och", "av", "den", "det", "ett", "med", "for"],
  breakWords: ["rast", "lunchrast", "fikarast"],
  noLessonWords: ["ingen lektion", "skolfri", "lovdag"],
  personTitles: [],
  roomWords: ["sal", "klassrum", "aula"],
  bellWords: [],
  routineWords: ["varje dag", "dagligen"]
}
