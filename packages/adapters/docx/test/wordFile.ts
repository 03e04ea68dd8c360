import { type DocumentError, defaultLimits, type Limits, type Page, type Table, type Word } from "@timegrid/core"
import { Effect } from "effect"
import { strToU8, type Zippable, zipSync } from "fflate"
import { reader } from "../src/index.ts"

const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
].join(" ")

const relationshipType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
const mainType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

/** What a made Word file holds; all but the body may be left out. */
export interface WordFileParts {
  readonly body: string
  readonly section?: string
  readonly styles?: string
  readonly theme?: string
  readonly header?: string
  readonly footer?: string
  /** Content type of the main part. */
  readonly mainType?: string
  /** Further entries, which win over the usual ones. */
  readonly entries?: Zippable
}

/** A Word file of small parts; header and footer have the ids `header` and `footer`. */
export const wordFile = (parts: WordFileParts): Uint8Array => {
  const part = (name: string, content: string) =>
    strToU8(`<?xml version="1.0"?><w:${name} ${namespaces}>${content}</w:${name}>`)
  const links = (["styles", "theme", "header", "footer"] as const).filter((name) => parts[name] !== undefined)
  const section = `<w:sectPr>${parts.section ?? ""}</w:sectPr>`
  return zipSync({
    "[Content_Types].xml": strToU8(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${parts.mainType ?? mainType}"/></Types>`
    ),
    "_rels/.rels": strToU8(
      `<Relationships><Relationship Id="d" Type="${relationshipType}/officeDocument" Target="word/document.xml"/></Relationships>`
    ),
    "word/document.xml": part("document", `<w:body>${parts.body}${section}</w:body>`),
    "word/_rels/document.xml.rels": strToU8(
      `<Relationships>${links
        .map((name) => `<Relationship Id="${name}" Type="${relationshipType}/${name}" Target="${name}.xml"/>`)
        .join("")}</Relationships>`
    ),
    ...(parts.styles === undefined ? {} : { "word/styles.xml": part("styles", parts.styles) }),
    ...(parts.theme === undefined ? {} : { "word/theme.xml": strToU8(parts.theme) }),
    ...(parts.header === undefined ? {} : { "word/header.xml": part("hdr", parts.header) }),
    ...(parts.footer === undefined ? {} : { "word/footer.xml": part("ftr", parts.footer) }),
    ...parts.entries
  })
}

/** A run of text; `properties` goes into its `w:rPr`. */
export const run = (text: string, properties = "") =>
  `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`

/** A paragraph of one run. */
export const paragraph = (text: string, properties = "") => `<w:p><w:pPr>${properties}</w:pPr>${run(text)}</w:p>`

/** A cell; `content` is its text or, where it begins with a tag, its paragraphs. */
export const cell = (content: string, properties = "") =>
  `<w:tc><w:tcPr>${properties}</w:tcPr>${content.startsWith("<") ? content : paragraph(content)}</w:tc>`

/** A row of cells. */
export const row = (cells: ReadonlyArray<string>, properties = "") =>
  `<w:tr><w:trPr>${properties}</w:trPr>${cells.join("")}</w:tr>`

/** A table with a grid of the given widths in twips. */
export const table = (widths: ReadonlyArray<number>, rows: ReadonlyArray<string>, properties = "") =>
  `<w:tbl><w:tblPr>${properties}</w:tblPr><w:tblGrid>${widths
    .map((width) => `<w:gridCol w:w="${width}"/>`)
    .join("")}</w:tblGrid>${rows.join("")}</w:tbl>`

/** The page that the reader makes of a file. */
export const pageOf = (bytes: Uint8Array, limits: Partial<Limits> = {}): Page => {
  const all = { ...defaultLimits, ...limits }
  const opened = Effect.andThen(reader.check(bytes, all), reader.open(bytes, all))
  return Effect.runSync(Effect.scoped(opened)).pages[0]!
}

/** How a file is refused by `check`. */
export const refusalOf = (bytes: Uint8Array, limits: Partial<Limits> = {}): DocumentError =>
  Effect.runSync(Effect.flip(reader.check(bytes, { ...defaultLimits, ...limits })))

/** The text of words in their order. */
export const textOf = (words: ReadonlyArray<Word>): string => words.map(({ text }) => text).join(" ")

/** A table's cells as `row,column rows×columns: text`. */
export const cellsOf = ({ cells }: Table): ReadonlyArray<string> =>
  cells.map(({ columnIndex, columnSpan, rowIndex, rowSpan, words }) =>
    `${rowIndex},${columnIndex} ${rowSpan}×${columnSpan}: ${textOf(words)}`.trim()
  )
