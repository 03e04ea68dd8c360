import type { Rule } from "@timegrid/core"
import * as fc from "fast-check"
import { describe, it } from "vitest"
import { mergeRules } from "../src/rules.ts"

const segment: fc.Arbitrary<Rule> = fc
  .record({
    orientation: fc.constantFrom("horizontal", "vertical"),
    position: fc.integer({ min: 0, max: 40 }).map((tenth) => tenth * 10),
    from: fc.integer({ min: 0, max: 400 }),
    length: fc.integer({ min: 6, max: 100 }),
    thickness: fc.integer({ min: 1, max: 4 })
  })
  .map(({ from, length, ...rest }): Rule => ({ ...rest, from, to: from + length }))

const segments = fc.array(segment, { maxLength: 60 })

const covers = (rule: Rule, part: Rule) =>
  rule.orientation === part.orientation &&
  rule.position === part.position &&
  rule.from <= part.from &&
  rule.to >= part.to

describe("mergeRules", () => {
  it("leaves every segment inside exactly one rule", () => {
    fc.assert(
      fc.property(segments, (parts) => {
        const rules = mergeRules(parts)
        return parts.every((part) => rules.filter((rule) => covers(rule, part)).length === 1)
      })
    )
  })

  it("does not depend on the order of drawing", () => {
    fc.assert(
      fc.property(segments, fc.infiniteStream(fc.nat()), (parts, keys) => {
        const shuffled = parts
          .map((part) => ({ part, key: keys.next().value ?? 0 }))
          .sort((one, other) => one.key - other.key)
          .map(({ part }) => part)
        return JSON.stringify(mergeRules(shuffled)) === JSON.stringify(mergeRules(parts))
      })
    )
  })

  it("changes nothing that is merged already", () => {
    fc.assert(
      fc.property(segments, (parts) => {
        const rules = mergeRules(parts)
        return JSON.stringify(mergeRules(rules)) === JSON.stringify(rules)
      })
    )
  })
})
