import type { Rule } from "@timegrid/core"

/** Rules further apart than this across their direction are two rules. */
const sameLinePx = 1.25
/** A line of segments may drift this much in all before it counts as another line. */
const driftPx = 2.5
/** Gaps that drawing a border cell by cell, or dashing it, leaves within one line. */
const gapPx = 3
/** What stays shorter is a stroke of a picture or a dot, not a rule. */
const shortestPx = 6

const merged = (segments: ReadonlyArray<Rule>): ReadonlyArray<Rule> => {
  const rules: Array<Rule> = []
  const line = [...segments].sort((one, other) => one.from - other.from || one.to - other.to)
  let from = Number.NaN
  let to = Number.NEGATIVE_INFINITY
  let thickness = 0
  let weight = 0
  let weighted = 0
  const finish = () => {
    if (to - from >= shortestPx) {
      rules.push({ orientation: line[0]!.orientation, position: weighted / weight, from, to, thickness })
    }
  }
  for (const segment of line) {
    if (segment.from > to + Math.max(gapPx, 2 * Math.min(thickness, segment.thickness))) {
      finish()
      from = segment.from
      to = segment.to
      thickness = weight = weighted = 0
    }
    const length = segment.to - segment.from + 1
    to = Math.max(to, segment.to)
    thickness = Math.max(thickness, segment.thickness)
    weight += length
    weighted += length * segment.position
  }
  finish()
  return rules
}

const mergedOf = (segments: ReadonlyArray<Rule>): ReadonlyArray<Rule> => {
  const sorted = [...segments].sort((one, other) => one.position - other.position || one.from - other.from)
  const rules: Array<Rule> = []
  let first = 0
  for (let at = 1; at <= sorted.length; at++) {
    const ends =
      at === sorted.length ||
      sorted[at]!.position - sorted[at - 1]!.position > sameLinePx ||
      sorted[at]!.position - sorted[first]!.position > driftPx
    if (!ends) continue
    for (const rule of merged(sorted.slice(first, at))) rules.push(rule)
    first = at
  }
  return rules
}

/**
 * Joins segments that continue or cover each other into whole rules: many documents draw a table's border one cell at
 * a time. Horizontal rules come first, each orientation from the page's top or left; O(n log n).
 */
export const mergeRules = (segments: ReadonlyArray<Rule>): ReadonlyArray<Rule> => [
  ...mergedOf(segments.filter(({ orientation }) => orientation === "horizontal")),
  ...mergedOf(segments.filter(({ orientation }) => orientation === "vertical"))
]
