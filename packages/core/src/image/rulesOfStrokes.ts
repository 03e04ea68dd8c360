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
  for (const stroke of sorted) {
    const position = middle(stroke)
    const at = rules.findLastIndex(
      (rule) =>
        position - rule.position <= near && stroke.from <= rule.to + textHeight && stroke.to >= rule.from - textHeight
    )
    const rule = rules[at]
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

/**
 * Drops rules that are part of no table: borders end at other borders, while underlines and the bars of large letters
 * end nowhere. Long lines may end in the open.
 */
export const pruneRules = (rules: ReadonlyArray<Rule>, textHeight: number, pageWidth: number): ReadonlyArray<Rule> => {
  const reach = Math.max(3, 0.3 * textHeight)
  let kept = rules
  for (;;) {
    const next = kept.filter((rule) => {
      const crossings = kept.filter(
        (other) =>
          other.orientation !== rule.orientation &&
          other.position >= rule.from - reach &&
          other.position <= rule.to + reach &&
          rule.position >= other.from - reach &&
          rule.position <= other.to + reach
      )
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
