import { Effect } from "effect"
import { OcrProvider } from "../ocr/OcrProvider.ts"

/** Half a page is taken to be read after this many calls of OCR, since nobody knows beforehand how many it takes. */
const callsOfHalfAPage = 40

/** Counts how much of a document's pages is read; the sum never falls. */
export interface PageProgress {
  /** Runs the reading of one page, and counts each call of OCR towards it and its end as the whole page. */
  readonly page: <A, E, R>(read: Effect.Effect<A, E, R>) => Effect.Effect<A, E, R | OcrProvider>
}

/** `onPagesRead` is told the pages read so far, those under way as fractions. */
export const makePageProgress = (onPagesRead: (pagesRead: number) => void): PageProgress => {
  const shares: Array<number> = []
  const setShare = (index: number, share: number) =>
    Effect.sync(() => {
      shares[index] = share
      // Summed anew in one order, so that rounding can neither lower it nor miss a whole number of pages.
      onPagesRead(shares.reduce((sum, each) => sum + each, 0))
    })

  return {
    page: (read) =>
      Effect.gen(function* () {
        const ocr = yield* OcrProvider
        const index = shares.push(0) - 1
        let calls = 0
        const countCall = Effect.suspend(() => {
          calls += 1
          return setShare(index, calls / (calls + callsOfHalfAPage))
        })
        const counting = OcrProvider.of({
          ...ocr,
          recognize: (image, options) => Effect.tap(ocr.recognize(image, options), () => countCall)
        })
        const result = yield* Effect.provideService(read, OcrProvider, counting)
        yield* setShare(index, 1)
        return result
      })
  }
}
