import type { BoundingBox } from "@timegrid/core"

/** The probability from which a pixel belongs to writing. */
const pixelThreshold = 0.3

/** The mean probability that a region needs. */
const regionThreshold = 0.6

/** The model marks the cores of lines only; they grow by this times their area over their perimeter. */
const growth = 1.5

/** A region less high or wide, in pixels of the map, is a speck. */
const leastSidePx = 3

/**
 * The regions of writing in a detector's map, upright boxes in pixels of the map: connected pixels above a threshold,
 * grown to whole letters and clipped to the map.
 */
export const textRegions = (map: Float32Array, widthPx: number, heightPx: number): ReadonlyArray<BoundingBox> => {
  const visited = new Uint8Array(map.length)
  const regions: Array<BoundingBox> = []
  const queue: Array<number> = []
  for (let start = 0; start < map.length; start++) {
    if (visited[start] === 1 || map[start]! <= pixelThreshold) continue
    let left = widthPx
    let right = 0
    let top = heightPx
    let bottom = 0
    let sum = 0
    let count = 0
    const visit = (index: number) => {
      if (visited[index] === 1 || map[index]! <= pixelThreshold) return
      visited[index] = 1
      queue.push(index)
    }
    visit(start)
    for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
      const x = index % widthPx
      const y = (index - x) / widthPx
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
      sum += map[index]!
      count += 1
      for (let nextY = Math.max(0, y - 1); nextY <= Math.min(heightPx - 1, y + 1); nextY++) {
        for (let nextX = Math.max(0, x - 1); nextX <= Math.min(widthPx - 1, x + 1); nextX++) {
          visit(nextY * widthPx + nextX)
        }
      }
    }
    const width = right - left
    const height = bottom - top
    if (Math.min(width, height) < leastSidePx || sum < regionThreshold * count) continue
    const margin = (growth * width * height) / (2 * (width + height))
    const x = Math.max(0, left - margin)
    const y = Math.max(0, top - margin)
    regions.push({
      x,
      y,
      width: Math.min(widthPx, right + margin) - x,
      height: Math.min(heightPx, bottom + margin) - y
    })
  }
  return regions
}

/** Regions line by line from the top, each from left to right; what overlaps by half in height stands on one line. */
export const inReadingOrder = (regions: ReadonlyArray<BoundingBox>): ReadonlyArray<BoundingBox> => {
  const lines: Array<Array<BoundingBox>> = []
  for (const region of regions.toSorted((a, b) => a.y + a.height / 2 - (b.y + b.height / 2))) {
    const line = lines.at(-1)
    if (line !== undefined && onOneLine(line[0]!, region)) line.push(region)
    else lines.push([region])
  }
  return lines.flatMap((line) => line.toSorted((a, b) => a.x - b.x))
}

const onOneLine = (a: BoundingBox, b: BoundingBox): boolean => {
  const shared = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return 2 * shared >= Math.min(a.height, b.height)
}
