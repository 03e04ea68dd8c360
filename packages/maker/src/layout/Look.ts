import type { Random } from "../Random.ts"
import type { Run, Table, TextStyle } from "../sheet/Sheet.ts"

/** How a document is coloured and ruled; one for the whole document. Sizes are points. */
export interface Look {
  readonly paper: string
  readonly ink: string
  readonly body: TextStyle
  readonly secondary: TextStyle
  readonly header: TextStyle
  readonly title: TextStyle
  readonly headerFill: string | null
  readonly breakFill: string | null
  /** Fills of lessons, one a subject; empty where lessons are not coloured. */
  readonly subjectFills: ReadonlyArray<string>
  readonly border: NonNullable<Table["border"]>
  readonly padding: number
}

const pastels = [
  "#FBE3D6",
  "#DCEAF7",
  "#E3F2D9",
  "#FFF4C9",
  "#EADCF4",
  "#D9F2EF",
  "#F8D9E3",
  "#E8E8E8",
  "#FFE0B5",
  "#CFE8D5"
]
const headerFills = [null, "#D9D9D9", "#BDD7EE", "#FFE699", "#C6E0B4", "#1F4E79", "#404040", "#7B2D43"]

/** Whether a colour, `#RRGGBB`, is one to write on in light ink. */
export const isDark = (color: string | null): boolean =>
  color !== null &&
  [1, 3, 5].reduce((sum, index) => sum + Number.parseInt(color.slice(index, index + 2), 16), 0) < 3 * 128

/** A look that schools use: mostly dark on light, now and then light on dark. */
export const pickLook = (random: Random): Look => {
  const isNight = random.chance(0.06)
  const ink = isNight ? "#F2F2F2" : random.pick(["#000000", "#000000", "#1A1A1A", "#1F3864"])
  const size = random.pick([8.5, 9, 10, 11])
  const headerFill = isNight ? null : random.pick(headerFills)
  const isColoured = !isNight && random.chance(0.4)
  return {
    paper: isNight ? random.pick(["#20302A", "#1E1E2A"]) : "#FFFFFF",
    ink,
    body: { size, bold: random.chance(0.25), color: ink },
    secondary: {
      size: size - random.pick([1, 1.5, 2]),
      color: isNight ? "#D0D0D0" : random.pick([ink, "#444444", "#7F1D1D"])
    },
    header: {
      size: size + random.pick([0, 0.5, 1]),
      bold: random.chance(0.8),
      color: isDark(headerFill) ? "#FFFFFF" : ink
    },
    title: { size: size + random.int(4, 9), bold: true, color: ink },
    headerFill,
    breakFill: isNight ? null : random.pick([null, "#EDEDED", "#F2DCDB", "#E2EFDA"]),
    subjectFills: isColoured ? random.shuffle(pastels) : [],
    border: {
      width: random.pick([0.5, 0.75, 1, 1.5]),
      color: isNight ? "#F2F2F2" : random.pick(["#000000", "#000000", "#808080", "#1F3864"])
    },
    padding: random.pick([2, 3, 4])
  }
}

/** The fill of a subject: the same wherever it stands. */
export const fillOf = (look: Look, subject: string): string | null => {
  if (look.subjectFills.length === 0) return null
  let sum = 0
  for (const letter of subject) sum += letter.codePointAt(0)!
  return look.subjectFills[sum % look.subjectFills.length]!
}

/** Text in one of the look's styles. */
export const styled = (text: string, style: TextStyle): Run => ({ text, ...style })
