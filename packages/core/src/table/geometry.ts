import type { BoundingBox } from "../document/Page.ts"

/** Length that two closed intervals share; negative where a gap lies between them. */
export const overlap = (fromA: number, toA: number, fromB: number, toB: number): number =>
  Math.min(toA, toB) - Math.max(fromA, fromB)

/** Whether two stretches share at least half of the shorter one. */
export const sharesHalf = (fromA: number, toA: number, fromB: number, toB: number): boolean =>
  overlap(fromA, toA, fromB, toB) >= 0.5 * Math.min(toA - fromA, toB - fromB)

/** Area that two boxes share. */
export const sharedArea = (a: BoundingBox, b: BoundingBox): number =>
  Math.max(0, overlap(a.x, a.x + a.width, b.x, b.x + b.width)) *
  Math.max(0, overlap(a.y, a.y + a.height, b.y, b.y + b.height))

/** Whether a point lies in a box, borders included. */
export const contains = (box: BoundingBox, x: number, y: number): boolean =>
  x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height

/** The smallest box around all of `boxes`, which are at least one. */
export const union = (boxes: ReadonlyArray<BoundingBox>): BoundingBox => {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y, width, height } of boxes) {
    left = Math.min(left, x)
    top = Math.min(top, y)
    right = Math.max(right, x + width)
    bottom = Math.max(bottom, y + height)
  }
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** The middle value of a list, the lower one of an even count; undefined for none. */
export const median = (values: ReadonlyArray<number>): number | undefined =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 1]

export const middleX = (box: BoundingBox): number => box.x + box.width / 2
export const middleY = (box: BoundingBox): number => box.y + box.height / 2
