import type { Extraction } from "../../extraction/Extraction.ts"
import { confidenceMark } from "./confidenceMark.ts"
import { type Item, itemId } from "./Item.ts"
import { html, type Markup } from "./markup.ts"

/** The warnings, each with the blocks that it is about; null where there are none. */
export const warningList = ({ warnings }: Extraction, items: ReadonlyMap<string, Item>): Markup | null => {
  if (warnings.length === 0) {
    return null
  }
  const entries = warnings.map(({ code, message, timeblocks = [] }) => {
    const about = timeblocks.flatMap((index) => items.get(itemId({ list: "timeblocks", index })) ?? [])
    return html`<li><strong>${code}</strong> ${message} ${about.map(itemLink)}</li>
`
  })
  return html`<section class="notices warnings"><h2>Warnings</h2><ul>
${entries}</ul></section>
`
}

/** The moments without an end, such as bells; null where there are none. */
export const markerList = ({ markers }: Extraction, items: ReadonlyMap<string, Item>): Markup | null => {
  if (markers.length === 0) {
    return null
  }
  const entries = markers.flatMap((_, index) => items.get(itemId({ list: "markers", index })) ?? [])
  return html`<section class="notices"><h2>Markers</h2><ul>
${entries.map(
  (item) => html`<li>${itemLink(item)} ${confidenceMark(item.confidence)}</li>
`
)}</ul></section>
`
}

const itemLink = ({ id, name, time }: Item): Markup =>
  html`<button type="button" class="link" data-goto="${id}">${name}, ${time}</button> `
