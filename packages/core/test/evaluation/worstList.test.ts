import { assert, it } from "@effect/vitest"
import * as fc from "fast-check"
import { makeWorstList } from "../../src/evaluation/worstList.ts"

it("keeps what sorting all and taking the first would", () => {
  const items = fc.array(fc.record({ badness: fc.nat({ max: 9 }), id: fc.nat() }))
  fc.assert(
    fc.property(items, fc.integer({ min: 1, max: 5 }), (all, limit) => {
      const list = makeWorstList<(typeof all)[number]>(limit)
      for (const item of all) list.add(item, item.badness)
      assert.deepStrictEqual(list.items(), all.toSorted((one, other) => other.badness - one.badness).slice(0, limit))
    })
  )
})
