import * as fc from "fast-check"
import Papa from "papaparse"
import { assert, describe, it } from "vitest"
import { csvColumns, toCsv } from "../../src/index.ts"
import { extraction, timeblock } from "../support/extractions.ts"
import { anyBlock } from "./anyBlock.ts"

const rowsOf = (csv: string) => Papa.parse<Array<string>>(csv.slice(0, -2), { newline: "\r\n" }).data

describe("a CSV export", () => {
  it("has one line a block below the names of the columns, each ended by CRLF", () => {
    assert.strictEqual(
      toCsv(extraction([timeblock({ room: "R1", period: 2 })])),
      "dayOfWeek,startTime,endTime,name,notes,subject,room,teacher,week,period,className,page,confidence\r\n" +
        "Monday,09:00,10:00,Maths,,,R1,,,2,,1,99\r\n"
    )
  })

  it("can be appended to another", () => {
    assert.strictEqual(toCsv(extraction([timeblock()]), { header: false }), "Monday,09:00,10:00,Maths,,,,,,,,1,99\r\n")
    assert.strictEqual(toCsv(extraction([]), { header: false }), "")
  })

  it("disarms what a spreadsheet would run", () => {
    for (const name of ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]) {
      assert.strictEqual(rowsOf(toCsv(extraction([timeblock({ name })])))[1]?.[3], `'${name}`)
    }
  })

  it("gives back every text that was put in, but for the apostrophe", () => {
    fc.assert(
      fc.property(fc.array(anyBlock, { minLength: 1 }), (blocks) => {
        const rows = rowsOf(toCsv(extraction(blocks))).slice(1)
        assert.strictEqual(rows.length, blocks.length)
        for (const [index, row] of rows.entries()) {
          assert.strictEqual(row.length, csvColumns.length)
          assert.strictEqual(row[3]?.replace(/^'(?=[=+\-@\t\r])/, ""), blocks[index]?.name)
          assert.strictEqual(row[4]?.replace(/^'(?=[=+\-@\t\r])/, ""), blocks[index]?.notes ?? "")
        }
      })
    )
  })
})
