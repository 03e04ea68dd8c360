import { Resvg } from "@resvg/resvg-js"
import type { DrawnPage, DrawnText } from "../sheet/Drawing.ts"
import { type FontFamily, openFont } from "../sheet/fonts.ts"

/** Red, green, blue pixels, rows from top to bottom. */
export interface Raster {
  readonly width: number
  readonly height: number
  /** `width * height * 3` bytes. */
  readonly data: Uint8Array
}

/** Text as outlines, so that no font of the machine has a say. */
const outlineOf = (family: FontFamily, text: DrawnText): string => {
  const font = openFont(family, text.bold)
  const scale = text.size / font.unitsPerEm
  const layout = font.layout(text.text)
  let x = 0
  const glyphs = layout.glyphs.map((glyph, index) => {
    const position = layout.positions[index]!
    const path = glyph.path.toSVG()
    const at = `translate(${x + position.xOffset} ${position.yOffset})`
    x += position.xAdvance
    return path === "" ? "" : `<path transform="${at}" d="${path}"/>`
  })
  const place = `translate(${text.x.toFixed(3)} ${text.y.toFixed(3)}) rotate(${text.rotation}) scale(${scale} ${-scale})`
  return `<g transform="${place}" fill="${text.color}">${glyphs.join("")}</g>`
}

const svgOf = (page: DrawnPage, family: FontFamily, heightPt: number): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${page.widthPt}" height="${heightPt}">`,
    `<rect width="100%" height="100%" fill="${page.paper}"/>`,
    ...page.fills.map(
      (fill) => `<rect x="${fill.x}" y="${fill.y}" width="${fill.width}" height="${fill.height}" fill="${fill.color}"/>`
    ),
    ...page.rules.map(
      (rule) =>
        `<path d="M${rule.x1} ${rule.y1}L${rule.x2} ${rule.y2}" stroke="${rule.color}" stroke-width="${rule.width}"/>`
    ),
    ...page.texts.map((text) => outlineOf(family, text)),
    "</svg>"
  ].join("")

/** Pixels of a page, `scale` to a point, cut off below its content at `heightPt`. */
export const renderRaster = (page: DrawnPage, family: FontFamily, scale: number, heightPt = page.heightPt): Raster => {
  const options = { fitTo: { mode: "zoom", value: scale }, font: { loadSystemFonts: false } } as const
  const image = new Resvg(svgOf(page, family, heightPt), options).render()
  const { width, height, pixels } = image
  const data = new Uint8Array(width * height * 3)
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    data[to] = pixels[from]!
    data[to + 1] = pixels[from + 1]!
    data[to + 2] = pixels[from + 2]!
  }
  return { width, height, data }
}
