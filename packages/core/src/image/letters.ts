import type { BoundingBox, Rule } from "../document/Page.ts"
import { oncePer } from "../internal/oncePer.ts"
import { overlap } from "../table/geometry.ts"
import { type Component, joinRuns, type Run } from "./components.ts"
import type { GrayImage } from "./gray.ts"

/** Letters are at least so many pixels high; less is noise. */
const leastHeight = 5
/** Pixels on a row over which the ground is averaged, as a share of the page's width. */
const windowShare = 1 / 60
/** Levels of 256 by which ink differs from the mean around it. */
const contrast = 24

/** The pieces of ink on a page that have the shape of letters; `ink` says whether it is darker or lighter than its ground. */
export const letterBoxes = (gray: GrayImage, ink: "dark" | "light"): ReadonlyArray<BoundingBox> => lettersOf[ink](gray)

const boxesOfSign = (sign: 1 | -1) =>
  oncePer(
    (gray: GrayImage): ReadonlyArray<BoundingBox> =>
      joinRuns(inkRuns(gray, sign))
        .filter((piece) => hasLetterShape(piece, gray.height))
        .map(({ box }) => box)
  )
const lettersOf = { dark: boxesOfSign(1), light: boxesOfSign(-1) }

const inkRuns = ({ width, height, data }: GrayImage, sign: 1 | -1): ReadonlyArray<Run> => {
  const radius = Math.max(8, Math.round(width * windowShare))
  const firstWhole = Math.min(width, radius + 1)
  const afterWhole = Math.max(firstWhole, width - radius)
  const whole = 2 * radius + 1
  const ink = new InkCollector()
  for (let y = 0; y < height; y++) {
    const row = y * width
    let [sum, count] = [0, 0]
    for (let x = 0; x < Math.min(radius, width); x++, count++) sum += data[row + x]!
    for (let x = 0; x < firstWhole; x++) {
      if (x + radius < width) {
        sum += data[row + x + radius]!
        count++
      }
      // As the mean and its contrast, times the count: a division for each pixel would take most of the time.
      ink.take(x, y, sign * (sum - count * data[row + x]!) > contrast * count)
    }
    for (let x = firstWhole; x < afterWhole; x++) {
      sum += data[row + x + radius]! - data[row + x - radius - 1]!
      ink.take(x, y, sign * (sum - whole * data[row + x]!) > contrast * whole)
    }
    for (let x = afterWhole; x < width; x++) {
      sum -= data[row + x - radius - 1]!
      count--
      ink.take(x, y, sign * (sum - count * data[row + x]!) > contrast * count)
    }
    ink.take(width, y, false)
  }
  return ink.runs
}

/** Puts the pixels of a row that are ink together, one after the other. */
class InkCollector {
  readonly runs: Array<Run> = []
  private from = -1

  take(x: number, y: number, isInk: boolean): void {
    if (isInk) {
      if (this.from < 0) this.from = x
    } else if (this.from >= 0) {
      this.runs.push({ y, from: this.from, to: x })
      this.from = -1
    }
  }
}

const hasLetterShape = ({ box: { width, height }, area }: Component, pageHeight: number): boolean =>
  height >= leastHeight &&
  height <= pageHeight / 12 &&
  width <= 3 * height &&
  width * 8 >= height &&
  area * 8 >= width * height &&
  area >= 8

/** A stroke through letters runs this far inside them, one along their tops or feet this far outside, in their size. */
const cutInset = 0.15
const touchOutset = 0.1
/** A stroke that lies in letters, or in and along them, for so much of its length is made of them. */
const cutShare = 0.25
const touchShare = 0.4

/** Whether a rule is but a row of letters that happen to stand in a line, and no border. */
export const isMadeOfLetters = (rule: Rule, letters: ReadonlyArray<BoundingBox>): boolean => {
  let [cut, touched] = [0, 0]
  for (const letter of letters) {
    const { place, shared } = along(rule, letter)
    if (shared <= 0) continue
    if (place > cutInset && place < 1 - cutInset) cut += shared
    if (place > -touchOutset && place < 1 + touchOutset) touched += shared
  }
  const length = rule.to - rule.from
  return cut > cutShare * length || touched > touchShare * length
}

/** Whether a letter stands in the way of a rule. */
export const cutsLetter = (rule: Rule, letters: ReadonlyArray<BoundingBox>): boolean =>
  letters.some((letter) => {
    const { place, shared } = along(rule, letter)
    return shared > 0 && place > cutInset && place < 1 - cutInset
  })

/** How much of the size of a letter is beside a rule, and where the rule runs: 0 at one edge of the letter, 1 at the other. */
const along = ({ from, orientation, position, to }: Rule, { height, width, x, y }: BoundingBox) => {
  const [start, across, first, size] = orientation === "horizontal" ? [y, height, x, width] : [x, width, y, height]
  return { place: (position - start) / across, shared: overlap(from, to, first, first + size) }
}
