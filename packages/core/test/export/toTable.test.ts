import * as fc from "fast-check"
import stringWidth from "string-width"
import { assert, describe, it } from "vitest"
import { toTable } from "../../src/index.ts"
import { extraction, timeblock } from "../support/extractions.ts"
import { anyBlock } from "./anyBlock.ts"

describe("a table", () => {
  it("puts days side by side and starts below each other", () => {
    const blocks = [
      timeblock(),
      timeblock({ dayOfWeek: "Tuesday", name: "Art", endTime: "09:45" }),
      timeblock({ dayOfWeek: "Tuesday", startTime: "10:00", endTime: "10:20", name: "Break", confidence: 60 })
    ]
    const bell = { dayOfWeek: "Monday", time: "08:45", name: "Bell", page: 1, confidence: 99, evidence: {} } as const
    assert.strictEqual(
      toTable(extraction(blocks, [bell]), { widthColumns: 50 }),
      `4M

┌─────────────┬────────────────┬────────────────┐
│             │ Monday         │ Tuesday        │
├─────────────┼────────────────┼────────────────┤
│ 08:45       │ • Bell         │                │
├─────────────┼────────────────┼────────────────┤
│ 09:00       │ Maths –10:00   │ Art –09:45     │
├─────────────┼────────────────┼────────────────┤
│ 10:00–10:20 │                │ Break ?        │
└─────────────┴────────────────┴────────────────┘

? confidence below 80
`
    )
  })

  it("draws a week for each class and each week of a cycle", () => {
    const table = toTable(
      extraction([timeblock({ week: "A" }), timeblock({ week: "B" }), timeblock({ className: "5 Oak" })])
    )
    assert.deepStrictEqual(table.match(/^(Week A|Week B|5 Oak)$/gm), ["Week A", "Week B", "5 Oak"])
  })

  it("names one line a block where a grid does not fit", () => {
    const table = toTable(extraction([timeblock(), timeblock({ dayOfWeek: "Friday" })]), { widthColumns: 20 })
    assert.strictEqual(table, "4M\n\nMonday\n  09:00–10:00 Maths\nFriday\n  09:00–10:00 Maths\n")
  })

  it("says when there is nothing to draw", () => {
    assert.strictEqual(toTable(extraction([])), "No timetable was found.\n")
  })

  it("colours what is doubtful, and nothing unless it is told to", () => {
    const doubtful = extraction([timeblock({ confidence: 90 })])
    assert.include(toTable(doubtful, { color: true }), "\u001b[33mMaths\u001b[39m")
    assert.notInclude(toTable(doubtful), "\u001b")
  })

  it("is never wider than the terminal and never steers it, whatever the page says", () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { minLength: 1 }), fc.integer({ min: 80, max: 200 }), (blocks, widthColumns) => {
        const table = toTable(extraction(blocks), { widthColumns })
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
        assert.notMatch(table, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/)
        const days = new Set(blocks.map(({ dayOfWeek }) => dayOfWeek)).size
        if (days < 7) {
          assert.isTrue(table.split("\n").every((line) => stringWidth(line) <= widthColumns))
        }
      })
    )
  })
})
