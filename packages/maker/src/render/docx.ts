import { strToU8, zipSync } from "fflate"
import type { FontFamily } from "../sheet/fonts.ts"
import type { Cell, Line, Paragraph, Run, Sheet, Table } from "../sheet/Sheet.ts"

/** A twentieth of a point, Word's unit of length. */
const twips = (points: number): number => Math.round(points * 20)
const halfPoints = (points: number): number => Math.round(points * 2)
const eighthPoints = (points: number): number => Math.max(2, Math.round(points * 8))
const hex = (color: string): string => color.slice(1)
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")

const runXml = (run: Run): string =>
  `<w:r><w:rPr>${run.bold ? "<w:b/>" : ""}<w:color w:val="${hex(run.color ?? "#000000")}"/><w:sz w:val="${halfPoints(run.size)}"/></w:rPr>` +
  `<w:t xml:space="preserve">${escaped(run.text)}</w:t></w:r>`

const lineXml = (line: Line, align: Paragraph["align"], spaceAfter: number): string =>
  `<w:p><w:pPr><w:spacing w:before="0" w:after="${twips(spaceAfter)}"/><w:jc w:val="${align}"/></w:pPr>` +
  `${line.map(runXml).join("")}</w:p>`

const paragraphXml = ({ lines, align, spaceAfter }: Paragraph): string =>
  lines.map((line, index) => lineXml(line, align, index === lines.length - 1 ? spaceAfter : 0)).join("")

const emptyParagraph = '<w:p><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:p>'
const noBorders =
  "<w:tcBorders>" +
  ["top", "left", "bottom", "right"].map((side) => `<w:${side} w:val="nil"/>`).join("") +
  "</w:tcBorders>"

const cellXml = (cell: Cell, width: number, merge: "restart" | "continue" | null): string => {
  const properties = [
    `<w:tcW w:w="${width}" w:type="dxa"/>`,
    cell.columnSpan > 1 ? `<w:gridSpan w:val="${cell.columnSpan}"/>` : "",
    merge === "restart" ? '<w:vMerge w:val="restart"/>' : merge === "continue" ? "<w:vMerge/>" : "",
    cell.bordered ? "" : noBorders,
    cell.fill ? `<w:shd w:val="clear" w:color="auto" w:fill="${hex(cell.fill)}"/>` : "",
    cell.direction === "up" ? '<w:textDirection w:val="btLr"/>' : "",
    cell.direction === "down" ? '<w:textDirection w:val="tbRl"/>' : "",
    `<w:vAlign w:val="${cell.verticalAlign === "top" ? "top" : "center"}"/>`
  ].join("")
  const content = merge === "continue" ? "" : cell.lines.map((line) => lineXml(line, cell.align, 0)).join("")
  return `<w:tc><w:tcPr>${properties}</w:tcPr>${content || emptyParagraph}</w:tc>`
}

const borderXml = (table: Table): string =>
  ["top", "left", "bottom", "right", "insideH", "insideV"]
    .map((side) =>
      table.border
        ? `<w:${side} w:val="single" w:sz="${eighthPoints(table.border.width)}" w:space="0" w:color="${hex(table.border.color)}"/>`
        : `<w:${side} w:val="nil"/>`
    )
    .join("")

const tableXml = (table: Table, contentWidthPt: number): string => {
  const total = table.columnWidths.reduce((sum, share) => sum + share, 0)
  const widths = table.columnWidths.map((share) => twips((share / total) * contentWidthPt))
  const widthOf = (cell: Cell) =>
    widths.slice(cell.column, cell.column + cell.columnSpan).reduce((sum, width) => sum + width, 0)
  const rows = table.rowHeights.map((height, row) => {
    const cells: Array<string> = []
    for (let column = 0; column < widths.length; ) {
      const cell = table.cells.find(
        (candidate) => candidate.column === column && candidate.row <= row && row < candidate.row + candidate.rowSpan
      )
      if (cell === undefined)
        cells.push(
          `<w:tc><w:tcPr><w:tcW w:w="${widths[column]}" w:type="dxa"/>${noBorders}</w:tcPr>${emptyParagraph}</w:tc>`
        )
      else
        cells.push(cellXml(cell, widthOf(cell), cell.rowSpan === 1 ? null : cell.row === row ? "restart" : "continue"))
      column += cell?.columnSpan ?? 1
    }
    return `<w:tr><w:trPr><w:trHeight w:val="${twips(height)}" w:hRule="atLeast"/></w:trPr>${cells.join("")}</w:tr>`
  })
  return (
    `<w:tbl><w:tblPr><w:tblW w:w="${twips(contentWidthPt)}" w:type="dxa"/><w:tblBorders>${borderXml(table)}</w:tblBorders>` +
    `<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("")}</w:tblGrid>` +
    `${rows.join("")}</w:tbl>${emptyParagraph}`
  )
}

const pageBreak = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'

const documentXml = (sheet: Sheet): string => {
  const contentWidth = sheet.widthPt - 2 * sheet.marginPt
  const body = sheet.pages
    .map((blocks) =>
      blocks.map((block) => (block.kind === "table" ? tableXml(block, contentWidth) : paragraphXml(block))).join("")
    )
    .join(pageBreak)
  const isLandscape = sheet.widthPt > sheet.heightPt
  const margin = ["top", "right", "bottom", "left"].map((side) => `w:${side}="${twips(sheet.marginPt)}"`).join(" ")
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}` +
    `<w:sectPr><w:pgSz w:w="${twips(sheet.widthPt)}" w:h="${twips(sheet.heightPt)}"${isLandscape ? ' w:orient="landscape"' : ""}/>` +
    `<w:pgMar ${margin} w:header="0" w:footer="0" w:gutter="0"/></w:sectPr></w:body></w:document>`
  )
}

const contentTypes =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">' +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>' +
  '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>' +
  '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'

const relationships = (...entries: ReadonlyArray<readonly [type: string, target: string]>): string =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
  entries
    .map(
      ([type, target], index) =>
        `<Relationship Id="rId${index + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`
    )
    .join("") +
  "</Relationships>"

const stylesXml = (family: FontFamily): string =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults>' +
  `<w:rPrDefault><w:rPr><w:rFonts w:ascii="${family.name}" w:hAnsi="${family.name}" w:cs="${family.name}"/></w:rPr></w:rPrDefault></w:docDefaults></w:styles>`

/** A Word document whose tables state their spans, shading and direction of text. */
export const renderDocx = (sheet: Sheet, family: FontFamily): Uint8Array => {
  const parts = {
    "[Content_Types].xml": contentTypes,
    "_rels/.rels": relationships(["officeDocument", "word/document.xml"]),
    "word/document.xml": documentXml(sheet),
    "word/styles.xml": stylesXml(family),
    "word/_rels/document.xml.rels": relationships(["styles", "styles.xml"])
  }
  const files = Object.fromEntries(Object.entries(parts).map(([path, xml]) => [path, strToU8(xml)]))
  // fflate writes a date in local time: one made from local parts gives the same bytes in every time zone.
  return zipSync(files, { level: 9, mtime: new Date(2024, 0, 1) })
}
