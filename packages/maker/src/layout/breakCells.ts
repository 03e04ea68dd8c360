import type { Cell } from "../sheet/Sheet.ts"

/** How a break is printed where it crosses all days. */
export type BreakForm =
  /** Once, in a cell over all days. */
  | "merged"
  /** Once, turned, over all days. */
  | "turned-up"
  | "turned-down"
  /** Once, letter below letter, over all days. */
  | "stacked"
  /** Once, with space between the letters. */
  | "spaced"
  /** One letter a day; as `merged` where the letters are not as many as the days. */
  | "letter-a-day"
  /** Whole, on every day. */
  | "each-day"

/** One cell of a break: on which of the days it begins, how many it covers, and what it says. */
export interface BreakCell {
  readonly firstDay: number
  readonly daySpan: number
  readonly lines: ReadonlyArray<string>
  readonly direction: Cell["direction"]
}

/** The cells that print a break's name in a form over `dayCount` days. */
export const breakCells = (form: BreakForm, name: string, dayCount: number): Array<BreakCell> => {
  const letters = [...name]
  const overAll = (lines: ReadonlyArray<string>, direction: Cell["direction"] = "level"): Array<BreakCell> => [
    { firstDay: 0, daySpan: dayCount, lines, direction }
  ]
  const aDay = (texts: ReadonlyArray<string>): Array<BreakCell> =>
    texts.map((text, firstDay) => ({ firstDay, daySpan: 1, lines: [text], direction: "level" }))
  switch (form) {
    case "merged":
      return overAll([name])
    case "turned-up":
      return overAll([name], "up")
    case "turned-down":
      return overAll([name], "down")
    case "stacked":
      return overAll(letters.map((letter) => (letter === " " ? "\u00a0" : letter)))
    case "spaced":
      return overAll([letters.join("   ")])
    case "letter-a-day":
      return letters.length === dayCount ? aDay(letters) : overAll([name])
    case "each-day":
      return aDay(Array.from({ length: dayCount }, () => name))
  }
}
