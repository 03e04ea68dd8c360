import type { Extraction } from "../../extraction/Extraction.ts"
import { printable } from "../printable.ts"
import { confidenceMark } from "./confidenceMark.ts"
import { html, type Markup } from "./markup.ts"

/** What the page is called: the class, the school, or the file. */
export const headingOf = ({ file, metadata: { className, schoolName } }: Extraction): string =>
  [className, schoolName].flatMap((part) => (part === null ? [] : [printable(part)])).join(" · ") || printable(file)

/** What is known of the document as a whole. */
export const overview = (extraction: Extraction): Markup => {
  const { confidence, file, markers, metadata, pages, tier, timeblocks } = extraction
  const facts: ReadonlyArray<readonly [string, Markup | string | number | null]> = [
    ["Teacher", metadata.teacher],
    ["Term", metadata.term],
    ["Year", metadata.year],
    ["Confidence", confidenceMark(confidence)],
    ["Blocks", timeblocks.length],
    ["Markers", markers.length === 0 ? null : markers.length],
    ["Pages", pages.length],
    ["Read by", tier],
    ["File", printable(file)]
  ]
  return html`<header><h1>${headingOf(extraction)}</h1>
<dl>${facts.map(([term, fact]) => (fact === null ? null : html`<div><dt>${term}</dt><dd>${fact}</dd></div>`))}</dl></header>
`
}
