import { documentReaderContract } from "@timegrid/testing"
import { strToU8 } from "fflate"
import { reader } from "../src/index.ts"
import { cell, paragraph, row, table, wordFile } from "./wordFile.ts"

const documentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

const week = wordFile({
  body:
    paragraph("Class 4M") +
    table(
      [1500, 1500, 1500],
      [
        row([cell(""), cell("Monday"), cell("Tuesday")]),
        row([cell("9:00"), cell("Maths", '<w:shd w:val="clear" w:fill="CFE0FF"/>'), cell("Art")]),
        row([cell("10:00"), cell("Break", '<w:gridSpan w:val="2"/>')])
      ]
    )
})
const list = wordFile({ body: paragraph("Monday 9:00 Music") + paragraph("Tuesday 9:30 Sport") })

documentReaderContract(
  "docx",
  reader,
  [
    {
      name: "a week in a table",
      bytes: week,
      documentType,
      pageCount: 1,
      words: ["Class", "4M", "Monday", "9:00", "Maths", "Break"],
      renders: false
    },
    { name: "a list", bytes: list, documentType, pageCount: 1, words: ["Tuesday", "9:30", "Sport"], renders: false }
  ],
  [
    { name: "more table cells than allowed", bytes: week, code: "decompression_bomb", limits: { docxCells: 7 } },
    { name: "more entries than allowed", bytes: week, code: "decompression_bomb", limits: { docxEntries: 2 } },
    {
      name: "a document with macros",
      bytes: wordFile({ body: "", entries: { "word/vbaProject.bin": strToU8("x") } }),
      code: "active_content"
    }
  ]
)
