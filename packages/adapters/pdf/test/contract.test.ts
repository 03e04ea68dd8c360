import { documentReaderContract } from "@timegrid/testing"
import { reader } from "../src/index.ts"
import { encryptedFile } from "./encryptedFile.ts"
import { pdfFile } from "./pdfFile.ts"

const documentType = "application/pdf"
const grid = Array.from({ length: 4 }, (_, row) => `60 ${500 + 60 * row} 400 60 re S`).join(" ")
const cell = (text: string, x: number, y: number) => `BT /F1 14 Tf ${x} ${y} Td (${text}) Tj ET`

const week = pdfFile({
  pages: [
    { content: `${grid} 1 0.9 0.6 rg 60 680 400 60 re f 0 g ${cell("Monday", 80, 700)} ${cell("9.30", 80, 520)}` },
    { content: `BT /F2 14 Tf 0 1 -1 0 200 400 Tm (Lunch break) Tj ET`, entries: "/Rotate 90" }
  ]
})

const scan = pdfFile({
  pages: [{ content: "q 400 0 0 600 50 100 cm /Scan Do Q", resources: "/XObject << /Scan 100 0 R >>" }],
  objects: {
    100: "<< /Type /XObject /Subtype /Image /Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 2 >>\nstream\n\u0000\u00ff\nendstream"
  }
})

documentReaderContract(
  "pdf",
  reader,
  [
    { name: "two pages of text", bytes: week, documentType, pageCount: 2, words: ["Monday", "9.30", "Lunch", "break"] },
    { name: "one scan", bytes: scan, documentType, pageCount: 1, words: [] }
  ],
  [
    { name: "with a password", bytes: await encryptedFile("secret"), code: "document_encrypted" },
    { name: "a header alone", bytes: new TextEncoder().encode("%PDF-1.7\n"), code: "corrupt_file" }
  ]
)
