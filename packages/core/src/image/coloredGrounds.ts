import type { BoundingBox, Fill, PageImage } from "../document/Page.ts"
import { median } from "../table/geometry.ts"
import { groundColor, hex } from "./fillColor.ts"
import { type Homography, project } from "./homography.ts"

/** The page is looked at in squares of this share of the text height. */
const squareShare = 0.2
/** The ground of a square is the mean of so many places along each side, but for the darker, which may be writing. */
const placesAlong = 3
const darker = 4
/** What is tinted so much more or otherwise than the paper is coloured, as a share of its brightness. */
const tinted = 0.06
/** Squares of one ground differ in tint by no more than this, whatever the light. */
const sameTint = 0.05
/** Of a page without colours brightness tells, as a share of the brightest: what differs so much, and what does not. */
const shaded = 0.06
const sameShade = 0.035
/** So few squares with a tint are none. */
const fewTinted = 0.005
/** Least sides of a ground, in text heights, and the share of its box that has its colour, writing left out. */
const leastSides = { width: 2.5, height: 1.2 }
const filled = 0.7

/** Coloured grounds of a straight page, such as the cards of a calendar, told from each other and the paper by tint. */
export const coloredGrounds = (
  image: PageImage,
  textHeight: number,
  toImage: Homography | null
): ReadonlyArray<Fill> => {
  const side = Math.max(2, Math.round(squareShare * textHeight))
  const colorAt = colorsOf(image, toImage)
  return groundsAmong(squaresOf(image, side, toImage)).flatMap(({ box, color, count }) => {
    const isLarge =
      box.width * side >= leastSides.width * textHeight && box.height * side >= leastSides.height * textHeight
    if (!isLarge || count < filled * box.width * box.height) return []
    const [x, y, width, height] = [box.x, box.y, box.width, box.height].map((value) => value * side)
    const rough = { x: x!, y: y!, width: width!, height: height! }
    const exact = toThePixel(rough, color, side, colorAt)
    return [{ box: exact, color: hex(groundColor(image, exact, toImage) ?? color) }]
  })
}

/** The colour at a place of the straight page; what lies outside the image is white. */
type ColorAt = (x: number, y: number) => Color

const white: Color = [255, 255, 255]

const colorsOf =
  ({ channels, data, heightPx, widthPx }: PageImage, toImage: Homography | null): ColorAt =>
  (x, y) => {
    const [u, v] = toImage === null ? [x, y] : project(toImage, [x, y])
    const [left, top] = [Math.floor(u), Math.floor(v)]
    if (!(left >= 0 && top >= 0 && left < widthPx && top < heightPx)) return white
    const start = (top * widthPx + left) * channels
    return channels === 1
      ? [data[start]!, data[start]!, data[start]!]
      : [data[start]!, data[start + 1]!, data[start + 2]!]
  }

/** An edge is looked for at so many places along it. */
const placesOfEdge = 9

/** The box of a ground whose edges were found to within a square. */
const toThePixel = (rough: BoundingBox, color: Color, side: number, colorAt: ColorAt): BoundingBox => {
  const { height, width, x, y } = rough
  const along = Array.from({ length: placesOfEdge }, (_, i) => (i + 1) / (placesOfEdge + 1))
  /** Where the ground begins, going `by` one pixel from a square before a rough edge; `at` is a place on that way. */
  const edge = (from: number, by: 1 | -1, at: (share: number, across: number) => Color): number => {
    const places = along.flatMap((share) => {
      const beyond = at(share, from - by * 1.5 * side)
      const steps = Array.from({ length: 2 * side + 1 }, (_, i) => from + by * (i - side))
      return steps.find((across) => isNearer(at(share, across), color, beyond)) ?? []
    })
    return median(places) ?? from
  }
  const down = (share: number, across: number) => colorAt(x + share * width, across)
  const aside = (share: number, across: number) => colorAt(across, y + share * height)
  // The last pixel of a ground is part of it.
  const [top, bottom] = [edge(y, 1, down), edge(y + height - 1, -1, down) + 1]
  const [left, right] = [edge(x, 1, aside), edge(x + width - 1, -1, aside) + 1]
  return { x: left, y: top, width: right - left, height: bottom - top }
}

const isNearer = (color: Color, one: Color, other: Color): boolean => distance(color, one) < distance(color, other)

const distance = (a: Color, b: Color): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

/** The colours of a page square by square, row by row, three levels each. */
interface Squares {
  readonly columns: number
  readonly rows: number
  readonly levels: Uint8Array
}

const squaresOf = (image: PageImage, side: number, toImage: Homography | null): Squares => {
  const { channels, data, heightPx, widthPx } = image
  const [columns, rows] = [Math.floor(widthPx / side), Math.floor(heightPx / side)]
  const levels = new Uint8Array(3 * columns * rows).fill(255)
  const [second, third] = channels === 1 ? [0, 0] : [1, 2]
  const places = new Float64Array(placesAlong ** 2)
  const bright = new Int32Array(placesAlong ** 2)
  const reach = side / placesAlong
  for (let row = 0, target = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, target += 3) {
      const middle = [(column + 0.5) * side, (row + 0.5) * side] as const
      const [u, v] = toImage === null ? middle : project(toImage, middle)
      let seen = 0
      for (let down = -1; down <= 1; down++) {
        for (let across = -1; across <= 1; across++) {
          const [x, y] = [Math.floor(u + across * reach), Math.floor(v + down * reach)]
          if (!(x >= 0 && y >= 0 && x < widthPx && y < heightPx)) continue
          const start = (y * widthPx + x) * channels
          const sum = data[start]! + data[start + second]! + data[start + third]!
          // Few as they are, they are kept in order as they come.
          let at = seen++
          for (; at > 0 && bright[at - 1]! > sum; at--) {
            bright[at] = bright[at - 1]!
            places[at] = places[at - 1]!
          }
          bright[at] = sum
          places[at] = start
        }
      }
      if (seen <= darker) continue
      let [red, green, blue] = [0, 0, 0]
      for (let at = darker; at < seen; at++) {
        const start = places[at]!
        red += data[start]!
        green += data[start + second]!
        blue += data[start + third]!
      }
      const count = seen - darker
      levels[target] = red / count
      levels[target + 1] = green / count
      levels[target + 2] = blue / count
    }
  }
  return { columns, rows, levels }
}

type Color = readonly [red: number, green: number, blue: number]

/** What tells a square from others: two numbers each. */
interface Tints {
  readonly first: Float32Array
  readonly second: Float32Array
}

/** Red and blue against green, as shares of the brightness: light and shade change both alike. */
const tintsOf = ({ columns, levels, rows }: Squares): Tints => {
  const [first, second] = [new Float32Array(columns * rows), new Float32Array(columns * rows)]
  for (let at = 0; at < first.length; at++) {
    const [red, green, blue] = [levels[3 * at]!, levels[3 * at + 1]!, levels[3 * at + 2]!]
    const bright = Math.max(red, green, blue, 1)
    first[at] = (red - green) / bright
    second[at] = (blue - green) / bright
  }
  return { first, second }
}

/** How bright each square is, 0 to 1. */
const shadesOf = ({ columns, levels, rows }: Squares): Tints => {
  const first = new Float32Array(columns * rows)
  for (let at = 0; at < first.length; at++)
    first[at] = (levels[3 * at]! + levels[3 * at + 1]! + levels[3 * at + 2]!) / 765
  return { first, second: new Float32Array(first.length) }
}

/** Squares that touch and have one tint, in squares. */
interface Ground {
  readonly box: BoundingBox
  readonly count: number
  readonly color: Color
}

const groundsAmong = (squares: Squares): ReadonlyArray<Ground> => {
  const tints = tintsOf(squares)
  const isTinted = otherThanPaper(tints, tinted)
  let count = 0
  for (const is of isTinted) count += is
  const groups =
    count >= fewTinted * isTinted.length ? touching(tints, isTinted, sameTint, squares.columns) : inShades(squares)
  return groups.map((group) => groundOf(group, squares))
}

const inShades = (squares: Squares): ReadonlyArray<ReadonlyArray<number>> => {
  const shades = shadesOf(squares)
  return touching(shades, otherThanPaper(shades, shaded), sameShade, squares.columns)
}

/** Which squares, 1, are told from the paper, whose tint most have. */
const otherThanPaper = ({ first, second }: Tints, least: number): Uint8Array => {
  const paper = mostFrequent({ first, second })
  return Uint8Array.from(first, (tint, at) =>
    Math.hypot(tint - first[paper]!, second[at]! - second[paper]!) >= least ? 1 : 0
  )
}

/** Groups of the open squares that touch each other and differ from those before by no more than `same` in the mean. */
const touching = (
  { first, second }: Tints,
  open: Uint8Array,
  same: number,
  columns: number
): ReadonlyArray<ReadonlyArray<number>> => {
  const groups: Array<ReadonlyArray<number>> = []
  for (let from = 0; from < first.length; from++) {
    if (open[from] === 0) continue
    open[from] = 0
    const found = [from]
    let [firstSum, secondSum] = [first[from]!, second[from]!]
    for (let next = 0; next < found.length; next++) {
      const at = found[next]!
      const column = at % columns
      // A stroke of a letter parts what is beside it.
      for (const by of [-2, -1, 1, 2, -columns, columns]) {
        const other = at + by
        if (open[other] !== 1 || (Math.abs(by) <= 2 && (column + by < 0 || column + by >= columns))) continue
        const [aside, off] = [first[other]! - firstSum / found.length, second[other]! - secondSum / found.length]
        if (Math.hypot(aside, off) > same) continue
        open[other] = 0
        found.push(other)
        firstSum += first[other]!
        secondSum += second[other]!
      }
    }
    groups.push(found)
  }
  return groups
}

const groundOf = (group: ReadonlyArray<number>, { columns, levels }: Squares): Ground => {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  let [red, green, blue] = [0, 0, 0]
  for (const at of group) {
    const [column, row] = [at % columns, Math.floor(at / columns)]
    left = Math.min(left, column)
    right = Math.max(right, column + 1)
    top = Math.min(top, row)
    bottom = Math.max(bottom, row + 1)
    red += levels[3 * at]!
    green += levels[3 * at + 1]!
    blue += levels[3 * at + 2]!
  }
  const mean = (sum: number): number => Math.round(sum / group.length)
  return {
    box: { x: left, y: top, width: right - left, height: bottom - top },
    count: group.length,
    color: [mean(red), mean(green), mean(blue)]
  }
}

/** Tints lie between -1 and 1 and are counted in so many steps from 0. */
const tintSteps = 25

/** A square of the tint that most have. */
const mostFrequent = ({ first, second }: Tints): number => {
  const across = 2 * tintSteps + 1
  const counts = new Uint32Array(across ** 2)
  const stepOf = (at: number): number =>
    (Math.round(first[at]! * tintSteps) + tintSteps) * across + Math.round(second[at]! * tintSteps) + tintSteps
  let most = 0
  for (let at = 0; at < first.length; at++) most = Math.max(most, ++counts[stepOf(at)]!)
  for (let at = 0; at < first.length; at++) if (counts[stepOf(at)] === most) return at
  return 0
}
