import { assert, describe, it } from "@effect/vitest"
import { Deferred, Effect, Exit, Fiber, Layer, Option } from "effect"
import {
  DocumentError,
  type DocumentReader,
  DocumentReaders,
  type ExtractDocumentOptions,
  Extraction,
  type ExtractionProgress,
  extractDocument,
  OcrProvider,
  type OpenDocument,
  type Page
} from "../../src/index.ts"
import { page, wholePage, word } from "./pages.ts"

const bytes = new TextEncoder().encode("%TEST some bytes")

const readerOf = (open: DocumentReader["open"], changed: Partial<DocumentReader> = {}): DocumentReader => ({
  name: "test",
  recognize: (content) => (content[0] === 0x25 ? "text/x-test" : null),
  check: () => Effect.void,
  open,
  ...changed
})

const gray = (pageNumber: number) => ({
  pageNumber,
  widthPx: 1000,
  heightPx: 1000,
  channels: 1 as const,
  data: new Uint8Array(1_000_000).fill(255)
})

const documentOf = (
  pages: ReadonlyArray<Page>,
  render: OpenDocument["render"] = (pageNumber) => Effect.succeed(gray(pageNumber))
): OpenDocument => ({ documentType: "text/x-test", pages, render })

const blindOcr = OcrProvider.of({
  engine: "blind",
  granularity: "page",
  concurrency: 4,
  recognize: () => Effect.succeed([])
})

const extract = (
  readers: ReadonlyArray<DocumentReader>,
  options: ExtractDocumentOptions = {},
  content: Uint8Array = bytes
) =>
  extractDocument(content, options).pipe(
    Effect.provide(Layer.merge(Layer.succeed(DocumentReaders, readers), Layer.succeed(OcrProvider, blindOcr)))
  )

const readerOfPages = (...pages: ReadonlyArray<Page>) => readerOf(() => Effect.succeed(documentOf(pages)))

describe("extractDocument", () => {
  it.effect("gives what the schema promises, with the digest of the bytes", () =>
    Effect.gen(function* () {
      const extraction = yield* extract([readerOfPages(page({ words: [word("Hello", 10, 10)] }))], { file: "a.test" })
      assert.deepStrictEqual(Extraction.parse(extraction), extraction)
      assert.strictEqual(extraction.file, "a.test")
      assert.strictEqual(
        extraction.documentHash,
        "sha256:85b6a7f10751dc7d3e8094e68d19a0f2316a164c137661533d6c3adb51b259be"
      )
      assert.deepStrictEqual(
        extraction.warnings.map(({ code }) => code),
        ["no_timetable"]
      )
    })
  )

  it.effect("asks readers in their order and takes the first that knows the bytes", () =>
    Effect.gen(function* () {
      const stranger = readerOf(() => Effect.die("asked"), { recognize: () => null })
      const second = readerOf(() => Effect.die("asked"), { recognize: () => "text/x-other" })
      const { documentType } = yield* extract([stranger, readerOfPages(page()), second])
      assert.strictEqual(documentType, "text/x-test")
    })
  )

  it.effect("refuses by size, kind and check before anything is opened", () =>
    Effect.gen(function* () {
      const closed = readerOf(() => Effect.die("opened"), {
        check: () => new DocumentError({ code: "document_encrypted", message: "It is encrypted." })
      })
      const codeOf = (readers: ReadonlyArray<DocumentReader>, options?: ExtractDocumentOptions, content?: Uint8Array) =>
        Effect.map(Effect.flip(extract(readers, options, content)), ({ code }) => code)
      assert.strictEqual(yield* codeOf([closed], {}, new Uint8Array()), "empty_file")
      assert.strictEqual(yield* codeOf([closed], { limits: { fileBytes: 3 } }), "file_too_large")
      assert.strictEqual(yield* codeOf([]), "unsupported_type")
      assert.strictEqual(yield* codeOf([closed]), "document_encrypted")
    })
  )

  it.effect("renders only the pages whose words do not tell what stands on them", () =>
    Effect.gen(function* () {
      const rendered: Array<number> = []
      const pages = [
        page({ pageNumber: 1, words: [word("Monday", 10, 10)] }),
        page({ pageNumber: 2, images: [wholePage] }),
        page({ pageNumber: 3 })
      ]
      const reader = readerOf(() =>
        Effect.succeed(
          documentOf(pages, (pageNumber) => {
            rendered.push(pageNumber)
            return Effect.succeed(gray(pageNumber))
          })
        )
      )
      const extraction = yield* extract([reader])
      assert.deepStrictEqual(rendered, [2])
      assert.deepStrictEqual(
        extraction.pages.map(({ tier }) => tier),
        ["native", "tesseract", "native"]
      )
    })
  )

  it.effect("tells progress that never falls and counts the pages", () =>
    Effect.gen(function* () {
      const progress: Array<ExtractionProgress> = []
      const pages = [1, 2, 3].map((pageNumber) => page({ pageNumber }))
      yield* extract([readerOfPages(...pages)], { onProgress: (step) => progress.push(step) })
      const fractions = progress.map(({ fraction }) => fraction)
      assert.deepStrictEqual(
        fractions,
        fractions.toSorted((a, b) => a - b)
      )
      assert.deepStrictEqual(
        progress.filter(({ stage }) => stage === "ocr").map(({ page: done, pages: all }) => [done, all]),
        [
          [0, 3],
          [1, 3],
          [2, 3],
          [3, 3]
        ]
      )
      assert.strictEqual(fractions.at(-1), 1)
    })
  )

  it.effect("moves on with each call of OCR, and never past the page", () =>
    Effect.gen(function* () {
      const fractions: Array<number> = []
      const pages = [1, 2, 3].map((pageNumber) => page({ pageNumber, images: [wholePage] }))
      yield* extract([readerOfPages(...pages)], {
        onProgress: ({ fraction, page: done, pages: all, stage }) => {
          if (stage === "ocr") fractions.push(fraction)
          assert.isAtMost(done ?? 0, all ?? Number.POSITIVE_INFINITY)
        }
      })
      assert.isAtLeast(new Set(fractions).size, 4)
      assert.deepStrictEqual(
        fractions,
        fractions.toSorted((a, b) => a - b)
      )
    })
  )

  it.effect("closes the document when it is read, when it fails and when it is interrupted", () =>
    Effect.gen(function* () {
      let open = 0
      const openAnd = (render: OpenDocument["render"]) =>
        readerOf(() =>
          Effect.acquireRelease(
            Effect.sync(() => {
              open += 1
              return documentOf([page({ images: [wholePage] })], render)
            }),
            () =>
              Effect.sync(() => {
                open -= 1
              })
          )
        )
      yield* extract([openAnd((pageNumber) => Effect.succeed(gray(pageNumber)))])
      assert.strictEqual(open, 0)

      const damage = new DocumentError({ code: "corrupt_file", message: "The image is damaged." })
      assert.strictEqual(yield* Effect.flip(extract([openAnd(() => Effect.fail(damage))])), damage)
      assert.strictEqual(open, 0)

      const rendering = yield* Deferred.make<void>()
      const stuck = openAnd(() => Effect.andThen(Deferred.succeed(rendering, undefined), Effect.never))
      const fiber = yield* Effect.forkChild(extract([stuck]))
      yield* Deferred.await(rendering)
      yield* Fiber.interrupt(fiber)
      assert.strictEqual(open, 0)
    })
  )

  it.effect("lets a fault of its own surface as a defect", () =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(extract([readerOfPages(page({ pageNumber: 0 }))]))
      assert.isTrue(Exit.isFailure(exit))
      assert.isTrue(Option.isNone(Exit.findErrorOption(exit)))
    })
  )
})
