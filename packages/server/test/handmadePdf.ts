/** What a PDF made by hand says beyond one blank page. */
export interface HandmadePdf {
  /** How many pages it has, all alike. */
  readonly pages?: number
  /** The operators of each page; `/F1` is Helvetica. */
  readonly content?: string
  /** Further entries of the catalogue. */
  readonly catalog?: string
  /** Further entries of the trailer. */
  readonly trailer?: string
}

/** A PDF written object by object, so that a test can put into it what no writer would. */
export const handmadePdf = ({
  catalog = "",
  content = "",
  pages = 1,
  trailer = ""
}: HandmadePdf): Uint8Array<ArrayBuffer> => {
  const font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
  const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << ${font} >> /Contents 3 0 R >>`
  const firstPage = 4
  const kids = Array.from({ length: pages }, (_, index) => `${firstPage + index} 0 R`)
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Kids [${kids.join(" ")}] /Count ${pages} >>`,
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ...kids.map(() => page)
  ]
  let text = "%PDF-1.7\n"
  const entries = ["0000000000 65535 f "]
  for (const [index, body] of objects.entries()) {
    entries.push(`${String(text.length).padStart(10, "0")} 00000 n `)
    text += `${index + 1} 0 obj\n${body}\nendobj\n`
  }
  const table = `xref\n0 ${entries.length}\n${entries.join("\n")}\n`
  const end = `trailer\n<< /Size ${entries.length} /Root 1 0 R ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`
  return new Uint8Array(Buffer.from(text + table + end, "latin1"))
}
