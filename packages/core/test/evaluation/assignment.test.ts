import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { cheapestAssignment } from "../../src/evaluation/assignment.ts"

const permutations = (items: ReadonlyArray<number>): Array<Array<number>> =>
  items.length === 0
    ? [[]]
    : items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]))

const total = (cost: ReadonlyArray<ReadonlyArray<number>>, columns: ReadonlyArray<number>) =>
  columns.reduce((sum, column, row) => sum + cost[row]![column]!, 0)

describe("cheapestAssignment", () => {
  it("is as cheap as the cheapest of all pairings", () => {
    const matrix = fc.integer({ min: 0, max: 5 }).chain((size) =>
      fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: size, maxLength: size }), {
        minLength: size,
        maxLength: size
      })
    )
    fc.assert(
      fc.property(matrix, (cost) => {
        const assigned = cheapestAssignment(cost)
        const all = permutations(cost.map((_, index) => index))
        assert.strictEqual(total(cost, assigned), Math.min(...all.map((columns) => total(cost, columns))))
        assert.strictEqual(new Set(assigned).size, cost.length)
      })
    )
  })
})
