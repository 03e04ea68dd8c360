import { sha256 } from "@noble/hashes/sha2.js"
import { utf8ToBytes } from "@noble/hashes/utils.js"
import { Base64 } from "effect/encoding"
import type { Extraction } from "../../extraction/Extraction.ts"
import { weekGrids } from "../weekGrid.ts"
import { pageScript } from "./client/pageScript.ts"
import { confidenceKey } from "./confidenceMark.ts"
import { detailSection } from "./detailSection.ts"
import { itemsOf } from "./Item.ts"
import { html, Markup } from "./markup.ts"
import { markerList, warningList } from "./notices.ts"
import { headingOf, overview } from "./overview.ts"
import { type EncodedPageImage, pageFigure } from "./pageFigure.ts"
import { style } from "./style.ts"
import { weekSection } from "./weekSection.ts"

/** What the page shows besides the extraction. */
export interface HtmlOptions {
  /** One for each page that has an image; a page without one is drawn from the words that were read. Default none. */
  readonly pageImages?: ReadonlyArray<EncodedPageImage>
}

/**
 * One self-contained HTML page: the document with the boxes of the chosen block lit, the week beside it, and what each
 * field was read from. It loads nothing, and its security policy lets no script but its own run, whatever text the
 * document holds.
 */
export const toHtml = (extraction: Extraction, { pageImages = [] }: HtmlOptions = {}): string => {
  const items = itemsOf(extraction)
  const all = [...items.values()]
  const grids = weekGrids(extraction)
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${headingOf(extraction)} – Timegrid</title>
<style>${styleText}</style>
</head>
<body>
${overview(extraction)}<main>
<div class="evidence">
<section class="document" aria-label="Document" tabindex="0">
${extraction.pages.map((page) =>
  pageFigure(page, all, pageImages.find(({ pageNumber }) => pageNumber === page.page) ?? null)
)}</section>
<section class="details" tabindex="0" aria-labelledby="details-heading"><h2 id="details-heading">Read from</h2>
<p class="hint">Choose a block, in the week or in the document, to see what each of its fields was read from.</p>
${all.map(detailSection)}</section>
</div>
<div class="reading">
<section class="weeks" aria-labelledby="week-heading"><h2 id="week-heading">Week</h2>
${
  grids.length === 0
    ? html`<p>No timetable was found.</p>`
    : html`<p class="hint">Arrow keys move between blocks, Enter chooses one, Escape lets it go.</p>
${grids.map((grid) => weekSection(grid, items))}${confidenceKey}`
}</section>
${warningList(extraction, items)}${markerList(extraction, items)}</div>
</main>
<script>${scriptText}</script>
</body>
</html>
`.toString()
}

const styleText = new Markup(style)

// A checkout may have other line breaks than the parser of HTML leaves, and the policy is about the latter.
const scriptText = new Markup(`(${pageScript.toString().replaceAll("\r\n", "\n")})()`)

const hashSource = (text: Markup): string => `'sha256-${Base64.encode(sha256(utf8ToBytes(text.toString())))}'`

const policy = [
  "default-src 'none'",
  "img-src data:",
  `style-src ${hashSource(styleText)}`,
  `script-src ${hashSource(scriptText)}`,
  "base-uri 'none'",
  "form-action 'none'"
].join("; ")
