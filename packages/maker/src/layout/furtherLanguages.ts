import { type Weekday, weekdays } from "@timegrid/core"
import type { Random } from "../Random.ts"
import { gridLayout } from "./dayGrids.ts"
import type { DayLabel } from "./dayLabels.ts"
import type { Layout } from "./Layout.ts"

/** Monday to Sunday as schools print them, and how far they cut them. */
interface DayNames {
  readonly names: ReadonlyArray<string>
  readonly cuts: ReadonlyArray<number>
}

const further: ReadonlyArray<DayNames> = [
  { names: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"], cuts: [2] },
  { names: ["Lunes", "Martes", "Miércoles", "Jueves", "Viernes", "Sábado", "Domingo"], cuts: [3] },
  { names: ["Lunedì", "Martedì", "Mercoledì", "Giovedì", "Venerdì", "Sabato", "Domenica"], cuts: [2, 3] },
  { names: ["Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag", "Zaterdag", "Zondag"], cuts: [2] },
  { names: ["Segunda", "Terça", "Quarta", "Quinta", "Sexta", "Sábado", "Domingo"], cuts: [3] },
  { names: ["Rāhina", "Rātū", "Rāapa", "Rāpare", "Rāmere", "Rāhoroi", "Rātapu"], cuts: [] }
]

const wholeLabel = (random: Random): DayLabel => labelOf(random.pick(further).names)

const cutLabel = (random: Random): DayLabel => {
  const { cuts, names } = random.pick(further.filter(({ cuts }) => cuts.length > 0))
  const length = random.pick(cuts)
  return labelOf(names.map((name) => name.slice(0, length)))
}

const labelOf =
  (names: ReadonlyArray<string>): DayLabel =>
  (day: Weekday) =>
    names[weekdays.indexOf(day)]!

/** Weeks whose days are named in languages other than those of their lessons. */
export const furtherLanguages: ReadonlyArray<Layout> = [
  gridLayout("days-as-columns-further-languages", "columns", {
    axis: "range",
    breakForms: ["merged", "each-day"],
    change: ({ random }) => ({ dayLabel: random.chance(0.5) ? wholeLabel(random) : cutLabel(random) })
  }),
  gridLayout("days-as-rows-further-languages", "rows", {
    axis: "range",
    breakForms: ["each-day"],
    needs: { slotLimit: 9 },
    change: ({ random }) => ({ dayLabel: random.chance(0.5) ? wholeLabel(random) : cutLabel(random) }),
    set: "unseen"
  })
]
