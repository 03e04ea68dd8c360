/** A machine of tests: a reader, an engine, and engines elsewhere, for a document that is a scan or has words of its own. */
import { Context, Effect, Layer } from "effect"
import { type CloudOcr, DocumentReaders, OcrError, OcrProvider, type Page } from "../../src/index.ts"
import { drawnWeek, page, wholePage } from "./pages.ts"

export const document = { file: "week.test", bytes: new TextEncoder().encode("%TEST a week") }
export const scan = page({ images: [wholePage] })

/** Readers and an engine that count what they are asked for. */
export const machine = (pages: ReadonlyArray<Page>, recognize?: OcrProvider["Service"]["recognize"]) => {
  const asked = { opened: 0, rendered: 0, recognized: 0 }
  const reader = {
    name: "test",
    recognize: () => "text/x-test",
    check: () => Effect.void,
    open: () =>
      Effect.sync(() => {
        asked.opened += 1
        return {
          documentType: "text/x-test",
          pages,
          render: (pageNumber: number) =>
            Effect.sync(() => {
              asked.rendered += 1
              const data = new Uint8Array(1_000_000).fill(255)
              return { pageNumber, widthPx: 1_000, heightPx: 1_000, channels: 1 as const, data }
            })
        }
      })
  }
  const ocr = engineThat("local@1", (image) => {
    asked.recognized += 1
    return recognize?.(image) ?? wordsRead("local@1")
  })
  const services = Context.make(DocumentReaders, [reader]).pipe(Context.add(OcrProvider, ocr))
  return { asked, services, layer: Layer.succeedContext(services) }
}

export const engineThat = (engine: string, recognize: OcrProvider["Service"]["recognize"]) =>
  OcrProvider.of({ engine, granularity: "page", concurrency: 1, recognize })

export const wordsRead = (engine: string) => Effect.succeed(drawnWeek({ source: "ocr", engine }).words)

export const cloudOf = (
  provider: string,
  recognize: OcrProvider["Service"]["recognize"] = () => wordsRead(`${provider}@1`),
  usdPerPage: number | null = 0.01
): CloudOcr => ({ provider, ocr: engineThat(`${provider}@1`, recognize), usdPerPage })

export const failing = (engine: string, reason: OcrError["reason"]) => () =>
  Effect.fail(new OcrError({ engine, reason }))

/** Sends every document on, as far up as there are tiers. */
export const never = { acceptFrom: 100 } as const
