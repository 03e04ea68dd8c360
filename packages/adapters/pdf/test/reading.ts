import { type BoundingBox, defaultLimits, type Limits, type Page } from "@timegrid/core"
import { Effect } from "effect"
import { reader } from "../src/index.ts"
import { type FileSource, type PageSource, pdfFile } from "./pdfFile.ts"

/** Pixels a point of the pages that the reader gives. */
export const perPoint = 200 / 72

/** Bytes to pages, as the pipeline goes: `check`, then `open`. */
export const openBytes = (bytes: Uint8Array, limits: Partial<Limits> = {}) => {
  const all = { ...defaultLimits, ...limits }
  return Effect.andThen(reader.check(bytes, all), reader.open(bytes, all))
}

/** The first page of a file that holds the page. */
export const readOne = (page: PageSource | string, file: Omit<FileSource, "pages"> = {}): Promise<Page> =>
  Effect.runPromise(
    openBytes(pdfFile({ ...file, pages: [typeof page === "string" ? { content: page } : page] })).pipe(
      Effect.map(({ pages }) => pages[0]!),
      Effect.scoped
    )
  )

/** The texts of a page's words in their order. */
export const textsOf = (page: Page): ReadonlyArray<string> => page.words.map(({ text }) => text)

/** A rectangle of an upright A4 page given in points from the bottom left, as a box in pixels. */
export const a4Box = (x: number, y: number, width: number, height: number): BoundingBox => ({
  x: x * perPoint,
  y: (842 - y - height) * perPoint,
  width: width * perPoint,
  height: height * perPoint
})
