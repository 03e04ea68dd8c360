import PDFDocument from "pdfkit"
import { encodePng } from "../noise/pixels.ts"
import type { DrawnPage, DrawnText } from "../sheet/Drawing.ts"
import { type FontFamily, openFont, textWidth } from "../sheet/fonts.ts"
import { renderRaster } from "./raster.ts"
import { layersOverImage, misread, type TextLayer } from "./textLayer.ts"

/** Fixed, so that the same drawing gives the same bytes. */
const created = new Date(Date.UTC(2024, 0, 1))
/** Pixels a point of an image of the page. */
const imageScale = 150 / 72

/** A PDF with embedded fonts: text and vector rules, or an image of the page, as the layer of text asks. */
export const renderPdf = async (
  pages: ReadonlyArray<DrawnPage>,
  family: FontFamily,
  layer: TextLayer = "sound"
): Promise<Uint8Array> => {
  const images = layersOverImage.has(layer)
    ? await Promise.all(pages.map((page) => encodePng(renderRaster(page, family, imageScale))))
    : []
  const bytes = await writePdf(layer !== "garbled", (pdf) => {
    pdf.registerFont("regular", family.regularPath)
    pdf.registerFont("bold", family.boldPath)
    for (const [index, page] of pages.entries()) drawPage(pdf, family, page, layer, images[index])
  })
  return layer === "garbled" ? withWrongLetters(bytes) : bytes
}

const writePdf = (compress: boolean, draw: (pdf: PDFKit.PDFDocument) => void): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const pdf = new PDFDocument({
      autoFirstPage: false,
      margin: 0,
      compress,
      info: { CreationDate: created, Producer: "", Creator: "" }
    })
    const chunks: Array<Uint8Array> = []
    pdf.on("data", (chunk: Uint8Array) => chunks.push(chunk))
    pdf.on("error", reject)
    pdf.on("end", () => resolve(new Uint8Array(Buffer.concat(chunks))))
    draw(pdf)
    pdf.end()
  })

const drawPage = (
  pdf: PDFKit.PDFDocument,
  family: FontFamily,
  page: DrawnPage,
  layer: TextLayer,
  image: Uint8Array | undefined
): void => {
  pdf.addPage({ size: [page.widthPt, page.heightPt], margin: 0 })
  const drawImage = () => {
    if (image) pdf.image(Buffer.from(image), 0, 0, { width: page.widthPt, height: page.heightPt })
  }
  if (layer === "beneath") for (const text of page.texts) drawText(pdf, { ...text, text: misread(text.text) })
  drawImage()
  if (image) {
    if (layer === "hidden" || layer === "dirty") drawHidden(pdf, page.texts, layer)
    return
  }
  drawShapes(pdf, page)
  if (layer === "decoys") drawDecoys(pdf, page)
  for (const text of page.texts) {
    if (layer === "annotations" && text.rotation === 0) annotate(pdf, family, text)
    else {
      if (layer === "shadowed") drawText(pdf, { ...text, x: text.x + 0.12 * text.size, color: "#C8C8C8" })
      if (layer === "doubled") drawText(pdf, { ...text, x: text.x + 0.04 * text.size })
      drawText(pdf, text)
    }
  }
}

const drawShapes = (pdf: PDFKit.PDFDocument, page: DrawnPage): void => {
  if (page.paper !== "#FFFFFF") pdf.rect(0, 0, page.widthPt, page.heightPt).fill(page.paper)
  for (const fill of page.fills) pdf.rect(fill.x, fill.y, fill.width, fill.height).fill(fill.color)
  for (const rule of page.rules) {
    pdf.lineWidth(rule.width).moveTo(rule.x1, rule.y1).lineTo(rule.x2, rule.y2).stroke(rule.color)
  }
}

const drawText = (pdf: PDFKit.PDFDocument, text: DrawnText): void => {
  pdf.save()
  if (text.rotation !== 0) pdf.rotate(text.rotation, { origin: [text.x, text.y] })
  pdf.font(text.bold ? "bold" : "regular", text.size).fillColor(text.color)
  pdf.text(text.text, text.x, text.y, { lineBreak: false, baseline: "alphabetic" })
  pdf.restore()
}

/** Text in render mode 3, which a search finds and nobody sees. */
const drawHidden = (pdf: PDFKit.PDFDocument, texts: ReadonlyArray<DrawnText>, layer: TextLayer): void => {
  pdf.save()
  pdf.addContent("3 Tr")
  for (const text of texts) drawText(pdf, layer === "dirty" ? { ...text, text: misread(text.text) } : text)
  pdf.restore()
}

/** Writing in the colour of the paper, too small to read, or off the page. */
const drawDecoys = (pdf: PDFKit.PDFDocument, page: DrawnPage): void => {
  page.texts.forEach((text, index) => {
    const decoy = { ...text, text: `${text.text} moved to 7:05 - 7:25` }
    if (index % 3 === 0 && page.fills.length === 0) drawText(pdf, { ...decoy, color: page.paper, y: text.y + 3 })
    if (index % 3 === 1) drawText(pdf, { ...decoy, size: 0.6 })
    if (index % 3 === 2) drawText(pdf, { ...decoy, rotation: 0, x: page.widthPt + 30 })
  })
}

/** Free text without an appearance of its own: the program that shows the page draws it. */
const annotate = (pdf: PDFKit.PDFDocument, family: FontFamily, text: DrawnText): void => {
  const width = textWidth(openFont(family, text.bold), text.text, text.size)
  pdf.annotate(text.x, text.y - text.size, width + 4, 1.25 * text.size, {
    Subtype: "FreeText",
    // Only String objects are written as strings of PDF.
    Contents: new String(text.text) as unknown as string,
    DA: new String(`/Helv ${text.size} Tf 0 g`) as unknown as string,
    F: 4
  } as PDFKit.Mixins.AnnotationOption)
}

/** Every letter mapped to another one, as fonts do whose table of letters was lost. */
const withWrongLetters = (bytes: Uint8Array): Uint8Array => {
  const wrong = Buffer.from(bytes)
    .toString("latin1")
    .replace(/beginbfrange[\s\S]*?endbfrange/g, (ranges) =>
      ranges.replace(/\[[^\]]*\]/g, (list) =>
        list.replace(/<([0-9a-f]{4})>/gi, (_, code: string) => `<${shifted(code)}>`)
      )
    )
  return new Uint8Array(Buffer.from(wrong, "latin1"))
}

const shifted = (code: string): string => (Number.parseInt(code, 16) + 29).toString(16).padStart(4, "0").slice(-4)
