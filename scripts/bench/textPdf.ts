const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
const times = ["9:00", "9:45", "10:30", "11:15", "12:00", "12:45", "13:30", "14:15"]
const lessons = ["Maths", "Art", "Music", "History", "Biology", "Drama"]

const [left, top, columnWidth, rowHeight] = [40, 540, 120, 50]

/** A ruled week as the operators of a PDF page; `page` makes the lessons differ from page to page. */
const week = (page: number): string => {
  const operators: Array<string> = []
  const write = (column: number, row: number, text: string) =>
    operators.push(`BT /F1 10 Tf ${left + column * columnWidth + 6} ${top - row * rowHeight - 28} Td (${text}) Tj ET`)
  const [right, bottom] = [left + 6 * columnWidth, top - 9 * rowHeight]
  for (let row = 0; row <= 9; row++)
    operators.push(`${left} ${top - row * rowHeight} m ${right} ${top - row * rowHeight} l S`)
  for (let column = 0; column <= 6; column++) {
    operators.push(`${left + column * columnWidth} ${top} m ${left + column * columnWidth} ${bottom} l S`)
  }
  for (const [column, day] of days.entries()) write(column + 1, 0, day)
  for (const [row, time] of times.entries()) {
    write(0, row + 1, time)
    for (const column of days.keys()) write(column + 1, row + 1, lessons[(page + row + 2 * column) % lessons.length]!)
  }
  return operators.join("\n")
}

/** A PDF with a full week of text and rules on each of so many pages. */
export const textPdf = (pages: number): string => {
  const contents = Array.from({ length: pages }, (_, page) => week(page))
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages} /Kids [${contents.map((_, page) => `${4 + 2 * page} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...contents.flatMap((content, page) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * page} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`
    ])
  ]
  let pdf = "%PDF-1.4\n"
  const offsets = objects.map((object, index) => {
    const offset = pdf.length
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`
    return String(offset).padStart(10, "0")
  })
  const entries = ["0000000000 65535 f ", ...offsets.map((offset) => `${offset} 00000 n `)]
  const trailer = `trailer\n<< /Size ${entries.length} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`
  return `${pdf}xref\n0 ${entries.length}\n${entries.join("\n")}\n${trailer}`
}
