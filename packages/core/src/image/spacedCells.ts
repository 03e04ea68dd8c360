import type { BoundingBox, Rule } from "../document/Page.ts"
import { makeDisjointSets } from "../table/disjointSets.ts"
import { overlap, union } from "../table/geometry.ts"

/** Cells drawn apart stand no further apart than this, in text heights; what is larger than it each way is a cell. */
const largestGap = 1.5
/** Ends that meet may miss each other by this, in text heights. */
const cornerReach = 0.3
/** Fewer closed boxes are buttons or notes. */
const enoughBoxes = 4

/**
 * Moves the borders of cells that are drawn apart, as HTML tables and cards have them, onto common lines between them,
 * and drops the frame around them. Rules of other tables stay as they are.
 */
export const joinSpacedCells = <R extends Rule>(rules: ReadonlyArray<R>, textHeight: number): ReadonlyArray<R> => {
  const gap = largestGap * textHeight
  const boxes = closedBoxes(rules, cornerReach * textHeight, gap)
  return groupsOf(boxes, gap)
    .filter((group) => group.length >= enoughBoxes)
    .reduce<ReadonlyArray<R>>((joined, group) => joinGroup(joined, group, gap), rules)
}

/** Four rules that meet each other and no others. */
interface ClosedBox {
  readonly rules: ReadonlyArray<Rule>
  readonly box: BoundingBox
}

const closedBoxes = (rules: ReadonlyArray<Rule>, reach: number, leastSide: number): ReadonlyArray<ClosedBox> => {
  const sets = makeDisjointSets(rules.length)
  rules.forEach((a, i) => {
    for (let k = i + 1; k < rules.length; k++) if (meet(a, rules[k]!, reach)) sets.join(i, k)
  })
  const groups = Map.groupBy(rules.keys(), (i) => sets.find(i))
  return [...groups.values()].flatMap((members) => {
    const found = members.map((i) => rules[i]!)
    const levels = found.filter(({ orientation }) => orientation === "horizontal")
    if (found.length !== 4 || levels.length !== 2) return []
    const box = union(found.map(boxOf))
    return Math.min(box.width, box.height) > leastSide ? [{ rules: found, box }] : []
  })
}

const meet = (a: Rule, b: Rule, reach: number): boolean =>
  a.orientation !== b.orientation &&
  a.position >= b.from - reach &&
  a.position <= b.to + reach &&
  b.position >= a.from - reach &&
  b.position <= a.to + reach

const boxOf = ({ orientation, position, from, to }: Rule): BoundingBox =>
  orientation === "horizontal"
    ? { x: from, y: position, width: to - from, height: 0 }
    : { x: position, y: from, width: 0, height: to - from }

/** Boxes that stand beside or above each other with no more than a gap between them. */
const groupsOf = (boxes: ReadonlyArray<ClosedBox>, gap: number): ReadonlyArray<ReadonlyArray<ClosedBox>> => {
  const sets = makeDisjointSets(boxes.length)
  boxes.forEach(({ box: a }, i) => {
    for (let k = i + 1; k < boxes.length; k++) {
      const { box: b } = boxes[k]!
      const across = overlap(a.x, a.x + a.width, b.x, b.x + b.width)
      const down = overlap(a.y, a.y + a.height, b.y, b.y + b.height)
      if ((across > 0 && down > -gap && down <= 0) || (down > 0 && across > -gap && across <= 0)) sets.join(i, k)
    }
  })
  return [...Map.groupBy(boxes.keys(), (i) => sets.find(i)).values()].map((members) => members.map((i) => boxes[i]!))
}

const joinGroup = <R extends Rule>(
  rules: ReadonlyArray<R>,
  group: ReadonlyArray<ClosedBox>,
  gap: number
): ReadonlyArray<R> => {
  const hull = union(group.map(({ box }) => box))
  const toColumn = snapping(
    group.flatMap(({ box }) => [box.x, box.x + box.width]),
    gap
  )
  const toRow = snapping(
    group.flatMap(({ box }) => [box.y, box.y + box.height]),
    gap
  )
  const own = new Set<Rule>(group.flatMap((box) => box.rules))
  return rules
    .filter((rule) => own.has(rule) || !isFrame(rule, hull, 2 * gap))
    .map((rule) => {
      if (!own.has(rule)) return rule
      const [across, along] = rule.orientation === "horizontal" ? [toRow, toColumn] : [toColumn, toRow]
      return { ...rule, position: across(rule.position), from: along(rule.from), to: along(rule.to) }
    })
}

/** Takes a position to the middle of those that lie within a gap of each other. */
const snapping = (positions: ReadonlyArray<number>, gap: number): ((position: number) => number) => {
  const clusters: Array<Array<number>> = []
  for (const position of positions.toSorted((a, b) => a - b)) {
    const last = clusters.at(-1)
    if (last && position - last[0]! <= gap) last.push(position)
    else clusters.push([position])
  }
  const middles = clusters.map((cluster) => (cluster[0]! + cluster.at(-1)!) / 2)
  return (position) =>
    middles.reduce((best, middle) => (Math.abs(middle - position) < Math.abs(best - position) ? middle : best))
}

/** Whether a rule runs along a side of the hull, outside of it. */
const isFrame = ({ orientation, position, from, to }: Rule, hull: BoundingBox, reach: number): boolean => {
  const [start, size, begin, length] =
    orientation === "horizontal" ? [hull.y, hull.height, hull.x, hull.width] : [hull.x, hull.width, hull.y, hull.height]
  const outside = Math.max(start - position, position - start - size)
  return outside >= 0 && outside <= reach && overlap(from, to, begin, begin + length) > length / 2
}
