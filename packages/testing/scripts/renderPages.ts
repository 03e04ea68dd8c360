/**
 * Renders the lettering of the fixture pages and writes it to `src/fixtures/lettering.ts`:
 * `pnpm render-pages` in this package. The result is committed, so that those
 * who run the contracts need neither a font nor a renderer, and read the same pixels everywhere.
 */
import { writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { gzipSync } from "node:zlib"
import { Resvg } from "@resvg/resvg-js"

const font = createRequire(import.meta.url).resolve("@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf")
const fontSizePx = 32
const lineHeightPx = 60
const marginPx = 24
// Few levels compress well and change no reading.
const grayLevels = 16

const pages = {
  mondayMaths: {
    widthPx: 420,
    lines: ["Timetable for Class 4", "Monday 9:30 Maths", "Tuesday 10:45 Reading", "Friday 13:15 Games"]
  },
  lineOfText: { widthPx: 420, lines: ["Thursday 11:20 Music"] },
  anotherLine: { widthPx: 420, lines: ["Assembly in the hall"] }
}

const grid = {
  columnEdges: [20, 150, 330, 510],
  rowEdges: [20, 80, 140, 200],
  rows: [
    ["Time", "Monday", "Tuesday"],
    ["9:30", "Maths", "Games"],
    ["10:45", "Reading", "Music"]
  ]
}

const render = ({ lines, widthPx }: { readonly widthPx: number; readonly lines: ReadonlyArray<string> }) => {
  const heightPx = lines.length * lineHeightPx
  const text = lines.map((line, index) => {
    const baseline = index * lineHeightPx + lineHeightPx / 2 + fontSizePx / 3
    return textAt(marginPx, baseline, line)
  })
  return picture({ widthPx, heightPx, drawn: text.join(""), words: lines.flatMap((line) => line.split(" ")) })
}

const renderGrid = ({ columnEdges, rowEdges, rows }: typeof grid) => {
  const [left, right] = [columnEdges[0]!, columnEdges.at(-1)!]
  const [top, bottom] = [rowEdges[0]!, rowEdges.at(-1)!]
  const rules = [
    ...columnEdges.map((x) => `<path d="M${x} ${top}V${bottom}"/>`),
    ...rowEdges.map((y) => `<path d="M${left} ${y}H${right}"/>`)
  ]
  const texts = rows.flatMap((texts, row) =>
    texts.map((text, column) =>
      textAt(columnEdges[column]! + 14, rowEdges[row]! + lineHeightPx / 2 + fontSizePx / 3, text)
    )
  )
  const drawn = `<g stroke="#000" stroke-width="2">${rules.join("")}</g>${texts.join("")}`
  return { ...picture({ widthPx: right + 20, heightPx: bottom + 20, drawn, words: rows.flat() }), ...grid }
}

const textAt = (x: number, baseline: number, text: string) =>
  `<text x="${x}" y="${baseline}" font-family="Arimo" font-size="${fontSizePx}">${text}</text>`

interface Picture {
  readonly widthPx: number
  readonly heightPx: number
  /** SVG. */
  readonly drawn: string
  readonly words: ReadonlyArray<string>
}

const picture = ({ drawn, heightPx, widthPx, words }: Picture) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}">${drawn}</svg>`
  const { pixels } = new Resvg(svg, {
    background: "#fff",
    font: { fontFiles: [font], loadSystemFonts: false }
  }).render()
  const step = 255 / (grayLevels - 1)
  const gray = Uint8Array.from({ length: widthPx * heightPx }, (_, index) =>
    Math.round(Math.round(pixels[index * 4]! / step) * step)
  )
  if (gray.every((level) => level === 255)) throw new Error(`nothing was drawn of: ${words.join(" ")}`)
  return { widthPx, heightPx, words, gzip: gzipSync(gray, { level: 9 }).toString("base64") }
}

const rendered = {
  ...Object.fromEntries(Object.entries(pages).map(([name, page]) => [name, render(page)])),
  dayGrid: renderGrid(grid)
}
const fixtures = Object.entries(rendered).map(
  ([name, page]) => `\nexport const ${name} = ${JSON.stringify(page, null, 2)}\n`
)
writeFileSync(
  new URL("../src/fixtures/lettering.ts", import.meta.url),
  `// Written by scripts/renderPages.ts: gray pixels, row by row, as gzip in base64.\n${fixtures.join("")}`
)
