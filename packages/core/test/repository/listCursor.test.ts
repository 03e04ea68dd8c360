import { decodeListCursor, encodeListCursor } from "@timegrid/core/repository"
import { Option } from "effect"
import * as fc from "fast-check"
import { assert, describe, it } from "vitest"

const position = fc.record({ createdMicros: fc.nat({ max: Number.MAX_SAFE_INTEGER }), id: fc.uuid() })
const list = fc.tuple(
  fc.constantFrom("users", "timetables"),
  fc.dictionary(fc.string({ maxLength: 5 }), fc.string({ maxLength: 5 }), { maxKeys: 2 })
)

const meaningOf = ([table, filter]: readonly [string, object]) =>
  JSON.stringify([table, Object.entries(filter).toSorted()])

describe("a cursor", () => {
  it("stands for the position that it was made of", () => {
    fc.assert(
      fc.property(list, position, ([table, filter], place) => {
        const found = decodeListCursor(table, filter, encodeListCursor(table, filter, place))
        assert.deepStrictEqual(found, Option.some(place))
      })
    )
  })

  it("stands for nothing in another list, or under another filter", () => {
    fc.assert(
      fc.property(list, list, position, (one, other, place) => {
        fc.pre(meaningOf(one) !== meaningOf(other))
        assert.deepStrictEqual(decodeListCursor(...other, encodeListCursor(...one, place)), Option.none())
      })
    )
  })

  it("is the same under filters that mean the same", () => {
    const place = { createdMicros: 1, id: "00000000-0000-4000-8000-000000000001" }
    const cursor = encodeListCursor("users", { a: 1, b: 2, c: undefined }, place)
    assert.strictEqual(encodeListCursor("users", { b: 2, a: 1 }, place), cursor)
  })

  it("is no other text, not even one that differs in one character", () => {
    fc.assert(
      fc.property(
        list,
        position,
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        ([table, filter], place, at, put) => {
          const cursor = encodeListCursor(table, filter, place)
          const index = at % cursor.length
          const other = cursor.slice(0, index) + put + cursor.slice(index + 1)
          if (other !== cursor) assert.deepStrictEqual(decodeListCursor(table, filter, other), Option.none())
        }
      )
    )
    fc.assert(
      fc.property(list, fc.string(), ([table, filter], text) => Option.isNone(decodeListCursor(table, filter, text)))
    )
  })
})
