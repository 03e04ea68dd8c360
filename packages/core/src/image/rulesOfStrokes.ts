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

/** Rules end within this share of the text height of those they meet; long ones lose more to noise. */
const endReach = { short: 0.3, long: 0.8 }
/** A rule is long from so many text heights on. */
const longShare = 8

/**
 * Drops rules that are part of no table: borders end at other borders, while underlines and the bars of large letters
 * end nowhere. Long lines may end in the open. Those that are kept reach the ones that they all but meet.
 */
export const pruneRules = <R extends Rule>(
  rules: ReadonlyArray<R>,
  textHeight: number,
  pageWidth: number
): ReadonlyArray<R> => {
  const reachOf = ({ from, to }: Rule): number =>
    Math.max(3, (to - from >= longShare * textHeight ? endReach.long : endReach.short) * textHeight)
  let kept = rules
  for (;;) {
    const sorted = kept.toSorted((a, b) => a.position - b.position)
    const across = {
      horizontal: sorted.filter(({ orientation }) => orientation === "vertical"),
      vertical: sorted.filter(({ orientation }) => orientation === "horizontal")
    }
    const next = kept.flatMap((rule) => {
      const reach = reachOf(rule)
      const crossings = crossingsOf(rule, across[rule.orientation], reachOf, reach)
      const length = rule.to - rule.from
      const [start, end] = [rule.from, rule.to].map((place) =>
        crossings.find(({ position }) => Math.abs(position - place) <= reach)
      )
      const isBorder =
        (start && end) ||
        (crossings.length >= 2 && length >= 3 * textHeight) ||
        (crossings.length === 1 && length > pageWidth / 4)
      if (!isBorder) return []
      const from = Math.min(rule.from, start?.position ?? rule.from)
      const to = Math.max(rule.to, end?.position ?? rule.to)
      return [from === rule.from && to === rule.to ? rule : { ...rule, from, to }]
    })
    if (next.length === kept.length) return next
    kept = next
  }
}

/** Those of `across`, which are in order of position, that touch a rule. */
const crossingsOf = (
  rule: Rule,
  across: ReadonlyArray<Rule>,
  reachOf: (rule: Rule) => number,
  reach: number
): ReadonlyArray<Rule> => {
  let [low, high] = [0, across.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (across[middle]!.position < rule.from - reach) low = middle + 1
    else high = middle
  }
  const crossings: Array<Rule> = []
  for (let i = low; i < across.length && across[i]!.position <= rule.to + reach; i++) {
    const other = across[i]!
    const otherReach = reachOf(other)
    if (rule.position >= other.from - otherReach && rule.position <= other.to + otherReach) crossings.push(other)
  }
  return crossings
}
