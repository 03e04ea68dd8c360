import type { Table } from "../table/Table.ts"

/** An upright rectangle in pixels of a page; the origin is the top left corner, y grows downwards. */
export interface BoundingBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Degrees by which writing is turned clockwise from horizontal: 90 reads downwards, 270 upwards. */
export type Rotation = 0 | 90 | 180 | 270

/** How the page sets a word, as far as its reader knows. */
export interface WordStyle {
  /** Height of the font in pixels of the page (em size); for OCR the height of the line. */
  readonly fontSizePx: number
  readonly bold: boolean
  readonly italic: boolean
  /** `#RRGGBB` in upper case, or null where unknown. */
  readonly color: string | null
}

/** A run of characters without white space, and where it stands. */
export interface Word {
  readonly text: string
  /** Upright box in pixels of the page, also for turned writing. */
  readonly box: BoundingBox
  readonly rotation: Rotation
  /** The source's own score, 0 to 1; 1 for native text. Compare it within one engine only. */
  readonly confidence: number
  readonly source: "native" | "ocr"
  /** Who read it, e.g. `"pdf"` or `"tesseract.js@7"`. */
  readonly engine: string
  readonly style: WordStyle | null
  /** Whether a second engine read the same; absent where only one read it. */
  readonly agreement?: boolean
}

/** A straight drawn line, level or plumb, in pixels of the page. */
export interface Rule {
  readonly orientation: "horizontal" | "vertical"
  /** The y of a horizontal rule's middle, the x of a vertical one's. */
  readonly position: number
  /** Where it begins and ends along its own direction; `from <= to`. */
  readonly from: number
  readonly to: number
  readonly thickness: number
}

/** A rectangle filled with one colour. White fills are reported too: they can hide what is below. */
export interface Fill {
  readonly box: BoundingBox
  /** `#RRGGBB` in upper case. */
  readonly color: string
}

/** One page of a document: what stands on it, in pixels of the upright page image. */
export interface Page {
  /** From 1. */
  readonly pageNumber: number
  readonly widthPx: number
  readonly heightPx: number
  /** Degrees by which the stored page was turned clockwise to stand upright. */
  readonly rotation: Rotation
  /** Points (1/72 inch) a pixel, or null where the document knows no physical size. */
  readonly pointsPerPixel: number | null
  readonly words: ReadonlyArray<Word>
  readonly rules: ReadonlyArray<Rule>
  readonly fills: ReadonlyArray<Fill>
  /** Where raster images lie; a scanned page is one image and no words. */
  readonly images: ReadonlyArray<BoundingBox>
  /** The tables, where the format itself states them (Word) or the reader found them; null: find them by rules, fills and alignment. */
  readonly tables: ReadonlyArray<Table> | null
  /**
   * Row-major 3 × 3 homography from this page's coordinates to pixels of the upright page image, where the page was
   * straightened before it was read; null where both are the same.
   */
  readonly toImage: ReadonlyArray<number> | null
  /** Lines of writing that were left unread, as the page has more than any timetable; absent where all were read. */
  readonly unreadLines?: number
}

/** Raw pixels of a page or of a region of it: rows from top to bottom, no padding. */
export interface PageImage {
  readonly pageNumber: number
  readonly widthPx: number
  readonly heightPx: number
  /** 1: gray, 3: red, green, blue. */
  readonly channels: 1 | 3
  /** `widthPx * heightPx * channels` bytes. */
  readonly data: Uint8Array
}
