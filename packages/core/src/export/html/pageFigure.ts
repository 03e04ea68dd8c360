import { Base64 } from "effect/encoding"
import type { EvidenceWord, Extraction } from "../../extraction/Extraction.ts"
import { fieldNumber } from "./fields.ts"
import type { Item } from "./Item.ts"
import { html, type Markup } from "./markup.ts"

/** A page image as a file that browsers show. */
export interface EncodedPageImage {
  /** From 1. */
  readonly pageNumber: number
  readonly mediaType: "image/png" | "image/jpeg"
  readonly bytes: Uint8Array
}

type PageOfExtraction = Extraction["pages"][number]
type Box = EvidenceWord["box"]

/**
 * A page with the places of its items: the image, or where there is none the words that items were read from, each at
 * its place. Above it, for each item, the boxes of its fields, which the page's script lights.
 */
export const pageFigure = (
  { heightPx, page, widthPx }: PageOfExtraction,
  items: ReadonlyArray<Item>,
  image: EncodedPageImage | null
): Markup => {
  const boxesOfItems = items.map((item) => itemBoxes(item, page, Math.max(widthPx, heightPx) / 100))
  return html`<figure class="page"><svg viewBox="0 0 ${widthPx} ${heightPx}" role="img" aria-label="Page ${page} of the document">
${image === null ? wordsOn(page, items) : imageMarkup(image, widthPx, heightPx)}
<g class="places">${places(items, page)}</g>
${boxesOfItems}</svg>
<figcaption>Page ${page}${image === null ? ": where the words stand that blocks were read from" : null}</figcaption></figure>
`
}

const imageMarkup = ({ bytes, mediaType }: EncodedPageImage, widthPx: number, heightPx: number): Markup =>
  html`<image width="${widthPx}" height="${heightPx}" preserveAspectRatio="none" href="data:${mediaType};base64,${Base64.encode(
    bytes
  )}"/>`

const wordsOn = (page: number, items: ReadonlyArray<Item>): ReadonlyArray<Markup> => {
  const words = items.flatMap(({ fields }) => fields.flatMap(({ evidence }) => evidence?.words ?? []))
  const onPage = words.filter((word) => word.page === page)
  return [...new Map(onPage.map((word) => [`${boxKey(word.box)} ${word.text}`, word])).values()].map(wordMarkup)
}

/** From this ratio of height to width on, a word of several letters is taken for one that is set upwards. */
const uprightRatio = 1.5

/** The part of a word's box that its font size takes up. */
const fontShare = 0.85

const wordMarkup = ({ box, text }: EvidenceWord): Markup => {
  const isTurned = box.height > uprightRatio * box.width && [...text].length > 1
  const [length, height] = isTurned ? [box.height, box.width] : [box.width, box.height]
  const x = isTurned ? box.x + box.width * fontShare : box.x
  const y = isTurned ? box.y + box.height : box.y + box.height * fontShare
  return html`<text x="${rounded(x)}" y="${rounded(y)}" font-size="${rounded(height * fontShare)}" textLength="${rounded(
    length
  )}" lengthAdjust="spacingAndGlyphs"${isTurned ? html` transform="rotate(-90 ${rounded(x)} ${rounded(y)})"` : null}>${text}</text>
`
}

/** Where a click chooses an item: around the words of its name. Items that share their words share a place. */
const places = (items: ReadonlyArray<Item>, page: number): ReadonlyArray<Markup> => {
  const placed = items.flatMap(({ fields, id }) => {
    const words = fields.find(({ name }) => name === "name")?.evidence?.words.filter((word) => word.page === page) ?? []
    return words.length === 0 ? [] : [{ id, box: around(words.map(({ box }) => box)) }]
  })
  return [...Map.groupBy(placed, ({ box }) => boxKey(box)).values()].map(
    (sharing) => html`<rect class="place" data-items="${sharing.map(({ id }) => id).join(" ")}" ${
      sharing[0] === undefined ? null : rectangle(sharing[0].box, sharing[0].box.height / 4)
    }/>
`
  )
}

const itemBoxes = ({ fields, id }: Item, page: number, unit: number): Markup | null => {
  /** Fields that were read from the same word lie around each other. */
  const layers = new Map<string, number>()
  const boxes = fields.flatMap(({ evidence, name }) => {
    const words = evidence?.words.filter((word) => word.page === page) ?? []
    return words.map(({ box }, index) => {
      const layer = layers.get(boxKey(box)) ?? 0
      layers.set(boxKey(box), layer + 1)
      const number = fieldNumber(name)
      const badge = index > 0 ? null : badgeMarkup(number, box, unit, layer)
      return html`<rect class="box field-${number}" ${rectangle(box, unit * (0.2 + 0.3 * layer))}/>${badge}`
    })
  })
  return boxes.length === 0
    ? null
    : html`<g class="boxes" data-item="${id}">${boxes}</g>
`
}

/** The number of a field, left of its first word. */
const badgeMarkup = (number: number, box: Box, unit: number, layer: number): Markup => {
  const radius = Math.min(unit * 0.7, Math.max(unit / 2, Math.min(box.width, box.height) / 2))
  const x = Math.max(radius, box.x - unit * 0.3 - radius * (1 + 2.1 * layer))
  const y = box.y + box.height / 2
  return html`<g class="badge field-${number}"><circle cx="${rounded(x)}" cy="${rounded(y)}" r="${rounded(
    radius
  )}"/><text x="${rounded(x)}" y="${rounded(y)}" font-size="${rounded(radius * 1.5)}" dy=".35em">${number}</text></g>`
}

const rectangle = (box: Box, margin: number): Markup =>
  html`x="${rounded(box.x - margin)}" y="${rounded(box.y - margin)}" width="${rounded(
    box.width + 2 * margin
  )}" height="${rounded(box.height + 2 * margin)}" rx="${rounded(margin)}"`

const around = (boxes: ReadonlyArray<Box>): Box => {
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const width = Math.max(...boxes.map((box) => box.x + box.width)) - x
  const height = Math.max(...boxes.map((box) => box.y + box.height)) - y
  return { x, y, width, height }
}

const boxKey = ({ height, width, x, y }: Box): string => [x, y, width, height].map(rounded).join(" ")

const rounded = (length: number): number => Math.round(length * 10) / 10
