import PDFDocument from "pdfkit"
import type { DrawnPage } from "../sheet/Drawing.ts"
import type { FontFamily } from "../sheet/fonts.ts"

/** Fixed, so that the same drawing gives the same bytes. */
const created = new Date(Date.UTC(2024, 0, 1))

/** A text PDF with vector rules and embedded fonts. */
export const renderPdf = (pages: ReadonlyArray<DrawnPage>, family: FontFamily): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const pdf = new PDFDocument({
      autoFirstPage: false,
      margin: 0,
      info: { CreationDate: created, Producer: "", Creator: "" }
    })
    const chunks: Array<Uint8Array> = []
    pdf.on("data", (chunk: Uint8Array) => chunks.push(chunk))
    pdf.on("error", reject)
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))))
    pdf.registerFont("regular", family.regularPath)
    pdf.registerFont("bold", family.boldPath)
    for (const page of pages) drawPage(pdf, page)
    pdf.end()
  })

const drawPage = (pdf: PDFKit.PDFDocument, page: DrawnPage): void => {
  pdf.addPage({ size: [page.widthPt, page.heightPt], margin: 0 })
  if (page.paper !== "#FFFFFF") pdf.rect(0, 0, page.widthPt, page.heightPt).fill(page.paper)
  for (const fill of page.fills) pdf.rect(fill.x, fill.y, fill.width, fill.height).fill(fill.color)
  for (const rule of page.rules) {
    pdf.lineWidth(rule.width).moveTo(rule.x1, rule.y1).lineTo(rule.x2, rule.y2).stroke(rule.color)
  }
  for (const text of page.texts) {
    pdf.save()
    if (text.rotation !== 0) pdf.rotate(text.rotation, { origin: [text.x, text.y] })
    pdf.font(text.bold ? "bold" : "regular", text.size).fillColor(text.color)
    pdf.text(text.text, text.x, text.y, { lineBreak: false, baseline: "alphabetic" })
    pdf.restore()
  }
}
