import type { Rule } from "../document/Page.ts"
import type { Stroke } from "./strokes.ts"

const middle = (stroke: Stroke): number => stroke.intercept + (stroke.slope * (stroke.from + stroke.to)) / 2

/** The strokes of a straight page as rules; strokes of one line, broken by crossings, become one. */
export const rulesOfStrokes = (
  strokes: ReadonlyArray<Stroke>,
  orientation: Rule["orientation"],
  textHeight: number
): ReadonlyArray<Rule> => {
  const near = Math.max(2, 0.12 * textHeight)
  const sorted = strokes.toSorted((a, b) => middle(a) - middle(b) || a.from - b.from)
  const rules: Array<Rule> = []
  // Rules before `first` lie too far back for this stroke and all that follow.
  let first = 0
  for (const stroke of sorted) {
    const position = middle(stroke)
    while (first < rules.length && position - rules[first]!.position > near) first++
    let at = rules.length - 1
    while (at >= first && !continues(stroke, rules[at]!, position - near, textHeight)) at--
    const rule = at < first ? undefined : rules[at]
    if (!rule) {
      rules.push({ orientation, position, from: stroke.from, to: stroke.to, thickness: stroke.thickness })
      continue
    }
    const [before, now] = [rule.to - rule.from, stroke.to - stroke.from]
    rules[at] = {
      ...rule,
      position: (rule.position * before + position * now) / (before + now),
      from: Math.min(rule.from, stroke.from),
      to: Math.max(rule.to, stroke.to),
      thickness: Math.max(rule.thickness, stroke.thickness)
    }
  }
  return rules
}

const continues = (stroke: Stroke, rule: Rule, leastPosition: number, gap: number): boolean =>
  rule.position >= leastPosition && stroke.from <= rule.to + gap && stroke.to >= rule.from - gap

/**
 * Drops rules that are part of no table: borders end at other borders, while underlines and the bars of large letters
 * end nowhere. Long lines may end in the open.
 */
export const pruneRules = (rules: ReadonlyArray<Rule>, textHeight: number, pageWidth: number): ReadonlyArray<Rule> => {
  const reach = Math.max(3, 0.3 * textHeight)
  let kept = rules
  for (;;) {
    const sorted = kept.toSorted((a, b) => a.position - b.position)
    const across = {
      horizontal: sorted.filter(({ orientation }) => orientation === "vertical"),
      vertical: sorted.filter(({ orientation }) => orientation === "horizontal")
    }
    const next = kept.filter((rule) => {
      const crossings = crossingsOf(rule, across[rule.orientation], reach)
      const length = rule.to - rule.from
      const ends = [rule.from, rule.to].filter((end) =>
        crossings.some(({ position }) => Math.abs(position - end) <= reach)
      )
      return (
        ends.length === 2 ||
        (crossings.length >= 2 && length >= 3 * textHeight) ||
        (crossings.length === 1 && length > pageWidth / 4)
      )
    })
    if (next.length === kept.length) return next
    kept = next
  }
}

/** Those of `across`, which are in order of position, that touch a rule. */
const crossingsOf = (rule: Rule, across: ReadonlyArray<Rule>, reach: number): ReadonlyArray<Rule> => {
  let [low, high] = [0, across.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (across[middle]!.position < rule.from - reach) low = middle + 1
    else high = middle
  }
  const crossings: Array<Rule> = []
  for (let i = low; i < across.length && across[i]!.position <= rule.to + reach; i++) {
    const other = across[i]!
    if (rule.position >= other.from - reach && rule.position <= other.to + reach) crossings.push(other)
  }
  return crossings
}
