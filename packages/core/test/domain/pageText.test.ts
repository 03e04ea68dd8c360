import { TimetableRow } from "@timegrid/core"
import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import { storableJson } from "../../src/domain/json.ts"
import { cutText, storableText, textFault } from "../../src/domain/text.ts"

/** Text with everything in it that Postgres refuses. */
const anyText = fc
  .array(fc.oneof(fc.string({ unit: "binary", maxLength: 5 }), fc.constantFrom("\0", "\ud83d", "\ude00", "😀")), {
    maxLength: 8
  })
  .map((parts) => parts.join(""))

describe("text of a page", () => {
  it("is made storable, once and for all, and keeps its length", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        const kept = storableText(value)
        assert.isNull(textFault(kept))
        assert.strictEqual(storableText(kept), kept)
        assert.strictEqual(Array.from(kept).length, Array.from(value).length)
      })
    )
  })

  it("that Postgres takes is left as it is", () => {
    fc.assert(
      fc.property(anyText, (value) => {
        if (textFault(value) === null) assert.strictEqual(storableText(value), value)
      })
    )
  })

  it("is cut between characters, never within one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 20 }), fc.nat({ max: 20 }), (value, maxLength) => {
        assert.deepStrictEqual(Array.from(cutText(value, maxLength)), Array.from(value).slice(0, maxLength))
      })
    )
  })

  it("is made storable wherever it stands in JSON, in keys too", () => {
    fc.assert(
      fc.property(fc.dictionary(anyText, fc.oneof(anyText, fc.array(anyText), fc.double({ noNaN: true }))), (value) => {
        const column = TimetableRow.shape.metadata
        const own = storableJson(value)
        if (Object.values(value).every((item) => typeof item !== "number" || Number.isFinite(item)))
          assert.isTrue(column.safeParse({ own }).success)
      })
    )
    assert.deepStrictEqual<unknown>(storableJson({ "a\0": ["\ud800", { b: null, c: 1, d: true }] }), {
      "a\ufffd": ["\ufffd", { b: null, c: 1, d: true }]
    })
  })
})
