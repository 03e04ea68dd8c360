import type { BoundingBox } from "../document/Page.ts"
import { median } from "../table/geometry.ts"
import type { GrayImage } from "./gray.ts"
import { medianLevel, noLevels } from "./levels.ts"

/** A region whose ground has one brightness, and by how much each place was made brighter for that. */
export interface EvenGround {
  readonly gray: GrayImage
  readonly raisedAt: (x: number, y: number) => number
}

/** Sides of the tiles whose ground is compared, in text heights: letters cover less than half of one. */
const tileSide = 4
/** Light that falls off over a region by fewer levels of 256 hides no writing. */
const leastFall = 10
/** Light falls off by fewer levels from one tile to the next. */
const leastEdge = 24

/**
 * Takes the fall of light from a region of a photograph, so that writing in light and shade is told from its ground by
 * one measure. Colours that end at an edge are no fall of light and stay.
 */
export const evenGround = (gray: GrayImage, region: BoundingBox, textHeight: number): EvenGround => {
  const side = Math.max(8, Math.round(tileSide * textHeight))
  const [columns, rows] = [Math.ceil(region.width / side), Math.ceil(region.height / side)]
  const tiles = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => groundLevel(gray, tileOf(region, column, row, side)))
  )
  const across = slope(tiles)
  const down = slope(Array.from({ length: columns }, (_, column) => tiles.map((row) => row[column]!)))
  if (Math.abs(across) * columns + Math.abs(down) * rows < leastFall) return { gray, raisedAt: () => 0 }
  const [middleX, middleY] = [region.x + region.width / 2, region.y + region.height / 2]
  const raisedAt = (x: number, y: number): number => (across * (middleX - x) + down * (middleY - y)) / side
  const data = new Uint8ClampedArray(gray.data)
  for (let y = region.y; y < region.y + region.height; y++) {
    const [row, rowRaise] = [y * gray.width, down * (middleY - y)]
    // As `raisedAt` has it; a call for each pixel would take most of the time.
    for (let x = region.x; x < region.x + region.width; x++)
      data[row + x]! += (across * (middleX - x) + rowRaise) / side
  }
  return { gray: { ...gray, data: new Uint8Array(data.buffer) }, raisedAt }
}

/** Levels from one tile to the next: the median over all pairs half a stretch apart. */
const slope = (lines: ReadonlyArray<ReadonlyArray<number>>): number => {
  const changes = lines.map(longestStretch).flatMap((line) => {
    const apart = Math.ceil(line.length / 2)
    return line.slice(apart).map((level, i) => (level - line[i]!) / apart)
  })
  return median(changes) ?? 0
}

/** The most tiles in a row between which the ground does not change at an edge, such as that of a sheet on a table. */
const longestStretch = (levels: ReadonlyArray<number>): ReadonlyArray<number> => {
  const edges = levels.flatMap((level, i) => (i > 0 && Math.abs(level - levels[i - 1]!) > leastEdge ? [i] : []))
  const stretches = [...edges, levels.length].map((to, i) => levels.slice(edges[i - 1] ?? 0, to))
  return stretches.reduce((longest, stretch) => (stretch.length > longest.length ? stretch : longest), [])
}

const tileOf = ({ height, width, x, y }: BoundingBox, column: number, row: number, side: number): BoundingBox => ({
  x: x + column * side,
  y: y + row * side,
  width: Math.min(side, width - column * side),
  height: Math.min(side, height - row * side)
})

/** Every second pixel of every second row tells the median well enough. */
const groundLevel = ({ data, width }: GrayImage, tile: BoundingBox): number => {
  const counts = noLevels()
  let total = 0
  for (let y = tile.y; y < tile.y + tile.height; y += 2) {
    for (let x = tile.x; x < tile.x + tile.width; x += 2) {
      counts[data[y * width + x]!]!++
      total++
    }
  }
  return medianLevel(counts, total)
}
