/** A page in PDF's own terms: its operators, and entries of its dictionary besides. */
export interface PageSource {
  readonly content: string
  /** Default A4, upright: 595 × 842 points. */
  readonly mediaBox?: readonly [number, number, number, number]
  /** Further entries, e.g. `/Rotate 90`. */
  readonly entries?: string
  /** Further resources, e.g. `/XObject << /F1 10 0 R >>`. */
  readonly resources?: string
}

/** A file in PDF's own terms. */
export interface FileSource {
  readonly pages: ReadonlyArray<PageSource>
  /** Further entries of the catalogue. */
  readonly catalog?: string
  /** Objects that pages and catalogue refer to, by number; from 100 on. */
  readonly objects?: Readonly<Record<number, string>>
}

/** A stream object: a dictionary without its length, and what it holds. */
const stream = (dictionary: string, content: string): string =>
  `<< ${dictionary} /Length ${content.length} >>\nstream\n${content}\nendstream`

const fonts = `/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>
/F2 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-BoldOblique /Encoding /WinAnsiEncoding >> >>`

/**
 * Writes a PDF file whose operators are exactly those given, so that a test states what stands where. `/F1` is
 * Helvetica, `/F2` its bold oblique.
 */
export const pdfFile = ({ catalog = "", objects = {}, pages }: FileSource): Uint8Array => {
  const numbered = new Map<number, string>()
  const kids = pages.map((_, index) => `${3 + 2 * index} 0 R`).join(" ")
  numbered.set(1, `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`)
  numbered.set(2, `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`)
  for (const [index, { content, entries = "", mediaBox = [0, 0, 595, 842], resources = "" }] of pages.entries()) {
    const page = 3 + 2 * index
    const box = `/MediaBox [${mediaBox.join(" ")}]`
    numbered.set(
      page,
      `<< /Type /Page /Parent 2 0 R ${box} /Resources << ${fonts} ${resources} >> /Contents ${page + 1} 0 R ${entries} >>`
    )
    numbered.set(page + 1, stream("", content))
  }
  for (const [number, body] of Object.entries(objects)) numbered.set(Number(number), body)
  let text = "%PDF-1.7\n"
  const offsets = new Map<number, number>()
  for (const [number, body] of numbered) {
    offsets.set(number, text.length)
    text += `${number} 0 obj\n${body}\nendobj\n`
  }
  const size = Math.max(...numbered.keys()) + 1
  const entry = (number: number) => {
    const offset = offsets.get(number)
    return offset === undefined ? "0000000000 65535 f \n" : `${String(offset).padStart(10, "0")} 00000 n \n`
  }
  const table = Array.from({ length: size }, (_, number) => entry(number)).join("")
  text += `xref\n0 ${size}\n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
