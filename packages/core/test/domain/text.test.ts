import { ApiMetricRow, ReviewTaskRow, TimetableRow, UserRow } from "@timegrid/core"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as z from "zod"

/** `VARCHAR(10)`, `TEXT` and `JSONB`, as rows hold them. */
const short = ApiMetricRow.shape.method
const long = ReviewTaskRow.shape.review_notes
const anything = TimetableRow.shape.metadata

const messages = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(({ message, path }) => [path, message])

describe("text", () => {
  test("its length counts code points, so that a face is one", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 20 }), (drawn) => {
        const value = drawn.replaceAll("\0", "0")
        expect(short.safeParse(value).success).toBe([...value].length <= 10)
      })
    )
    expect(messages(short, "😀".repeat(10))).toBeUndefined()
    expect(messages(short, "😀".repeat(11))).toEqual([[[], "Too big: expected string to have <=10 characters"]])
  })

  test("without a length it may be as long as it likes", () => {
    expect(long.parse("x".repeat(100_000))).toHaveLength(100_000)
  })

  test("what Postgres refuses has a clear message", () => {
    expect(messages(long, "a\0b")).toEqual([[[], "Text must not contain the character U+0000"]])
    for (const half of ["\ud83d", "\ude00", "\ude00\ud83d"]) {
      expect(messages(long, half)).toEqual([[[], "Text must not contain half of a surrogate pair"]])
    }
  })

  test("its length stands in JSON Schema", () => {
    expect(z.toJSONSchema(UserRow.shape.password_hash)).toMatchObject({ type: "string", maxLength: 255 })
  })
})

describe("json", () => {
  test("takes every JSON value as it is", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const whole = JSON.stringify(value)
        const refused = /\\u0000|\\ud[89a-f]/.test(whole)
        expect(anything.safeParse({ value }).success).toBe(!refused)
      })
    )
  })

  test.each([
    ["U+0000 in a text", { a: ["b\0"] }, ["a", 0], "Text must not contain the character U+0000"],
    ["U+0000 in a key", { a: { "\0": 1 } }, ["a", "\0"], "Text must not contain the character U+0000"],
    ["half a surrogate pair", { a: "\ud800" }, ["a"], "Text must not contain half of a surrogate pair"],
    ["a number that JSON has not", { a: Number.NaN }, ["a"], "JSON has no number for this value"],
    ["a Date", { a: new Date(0) }, ["a"], "JSON has no form for this value"],
    ["a bigint", { a: [1n] }, ["a", 0], "JSON has no form for this value"],
    ["nothing in a list", { a: [undefined] }, ["a", 0], "JSON has no form for this value"]
  ])("refuses %s and says where", (_, value, path, message) => {
    expect(messages(anything, value)).toEqual([[path, message]])
  })

  test("refuses what nests deeper than 32 levels, also a circle", () => {
    const nested = (levels: number): unknown => (levels === 0 ? "end" : { a: nested(levels - 1) })
    expect(anything.safeParse(nested(32)).success).toBe(true)
    expect(messages(anything, nested(33))).toEqual([[Array(32).fill("a"), "JSON nests deeper than 32 levels"]])
    const circle: Record<string, unknown> = {}
    circle.a = circle
    expect(messages(anything, circle)).toEqual([[Array(32).fill("a"), "JSON nests deeper than 32 levels"]])
  })
})
