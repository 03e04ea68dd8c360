import { assert, layer } from "@effect/vitest"
import {
  type BoundingBox,
  CapabilityMissing,
  inLanguage,
  type OcrError,
  type OcrOptions,
  OcrProvider,
  type PageImage,
  recognizeTables,
  statedTable,
  type Word
} from "@timegrid/core"
import { Duration, Effect, Fiber, Layer } from "effect"
import { anotherLine, blankPage, dayGrid, inColour, lineOfText, mondayMaths } from "./pages.ts"
import { type OpenResources, processorUse, watchResources } from "./resources.ts"

/** How one engine's contract is run. */
export interface OcrContractOptions {
  /** For building the layer, and for each test. Default one minute. */
  readonly timeout?: Duration.Input
  /** Whether the engine makes out tables; without, it must say so with a typed failure. Default false. */
  readonly tables?: boolean
}

const layouts = ["page", "block", "line"] as const

const read = (image: PageImage, options?: OcrOptions) => OcrProvider.use((ocr) => ocr.recognize(image, options))

const textsOf = (words: ReadonlyArray<Word>) => words.map(({ text }) => text)

const darkestIn = ({ data, widthPx }: PageImage, { box }: Word) => {
  let darkest = 255
  for (let y = Math.ceil(box.y); y < Math.floor(box.y + box.height); y++) {
    for (let x = Math.ceil(box.x); x < Math.floor(box.x + box.width); x++) {
      darkest = Math.min(darkest, data[y * widthPx + x]!)
    }
  }
  return darkest
}

const isInside = ({ box }: Word, { height, width, x, y }: BoundingBox) => {
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2]
  return middleX >= x && middleX < x + width && middleY >= y && middleY < y + height
}

/** Engines see a border a little beside its middle. */
const edgeTolerancePx = 12

const assertNear = (found: ReadonlyArray<number> | undefined, expected: ReadonlyArray<number>) => {
  assert.lengthOf(found ?? [], expected.length)
  for (const [index, edge] of expected.entries()) assert.approximately(found![index]!, edge, edgeTolerancePx)
}

/** Threads have ended at once; the platform takes a moment to let go of a closed socket. */
const assertClosed = Effect.fnUntraced(function* (open: Effect.Effect<OpenResources>) {
  assert.strictEqual((yield* open).threads, 0)
  for (let waitedMs = 0; waitedMs < 250 && (yield* open).handles.length > 0; waitedMs += 10) yield* Effect.sleep(10)
  assert.deepStrictEqual(yield* open, { threads: 0, handles: [] })
})

const unreadable: ReadonlyArray<readonly [string, PageImage]> = [
  ["no width", { ...blankPage, widthPx: 0, data: new Uint8Array(0) }],
  ["no height", { ...blankPage, heightPx: 0, data: new Uint8Array(0) }],
  ["too few bytes", { ...blankPage, data: blankPage.data.subarray(1) }],
  ["the bytes of another number of channels", { ...blankPage, channels: 3 }]
]

/**
 * The promises that every OCR adapter keeps; its contract test is one call with its own layer. Needs `vitest` and
 * `@effect/vitest`, and English print read without a fault at 32 px.
 *
 * @example
 * ocrProviderContract("tesseract.js", TesseractOcr.layer())
 */
export const ocrProviderContract = <E>(
  name: string,
  provider: Layer.Layer<OcrProvider, E>,
  options: OcrContractOptions = {}
): void => {
  const limit = options.timeout ?? "1 minute"
  const timeout = Duration.toMillis(Duration.fromInputUnsafe(limit))

  layer(provider, { timeout: limit, excludeTestServices: true })(`OcrProvider contract: ${name}`, (it) => {
    it.effect(
      "a blank image succeeds with no words, whatever its layout",
      () =>
        Effect.gen(function* () {
          for (const layout of layouts) assert.deepStrictEqual(yield* read(blankPage, { layout }), [])
        }),
      timeout
    )

    it.effect(
      "words come in reading order, with who read them",
      () =>
        Effect.gen(function* () {
          const ocr = yield* OcrProvider
          const words = yield* ocr.recognize(mondayMaths.image)
          assert.deepStrictEqual(textsOf(words), mondayMaths.words)
          for (const word of words) {
            assert.strictEqual(word.source, "ocr")
            assert.strictEqual(word.engine, ocr.engine)
            assert.isTrue(word.confidence >= 0 && word.confidence <= 1, `confidence ${word.confidence}`)
          }
        }),
      timeout
    )

    it.effect(
      "boxes are pixels of the image and lie on the writing",
      () =>
        Effect.gen(function* () {
          const { image } = mondayMaths
          for (const word of yield* read(image)) {
            const { height, width, x, y } = word.box
            assert.isTrue(x >= 0 && y >= 0 && width > 0 && height > 0, JSON.stringify(word))
            assert.isTrue(x + width <= image.widthPx && y + height <= image.heightPx, JSON.stringify(word))
            assert.isBelow(darkestIn(image, word), 128, JSON.stringify(word))
          }
        }),
      timeout
    )

    it.effect(
      "a single line is read as a line, a block as a block",
      () =>
        Effect.gen(function* () {
          assert.deepStrictEqual(textsOf(yield* read(lineOfText.image, { layout: "line" })), lineOfText.words)
          assert.deepStrictEqual(textsOf(yield* read(mondayMaths.image, { layout: "block" })), mondayMaths.words)
        }),
      timeout
    )

    it.effect(
      "colour is read as gray is",
      () =>
        Effect.gen(function* () {
          const words = yield* read(inColour(lineOfText.image), { layout: "line" })
          assert.deepStrictEqual(textsOf(words), lineOfText.words)
        }),
      timeout
    )

    it.effect(
      "the same image gives the same words, and is not changed by reading",
      () =>
        Effect.gen(function* () {
          const pixels = new Uint8Array(mondayMaths.image.data)
          const first = yield* read(mondayMaths.image)
          yield* read(lineOfText.image, { layout: "line" })
          assert.deepStrictEqual(yield* read(mondayMaths.image), first)
          assert.deepStrictEqual(mondayMaths.image.data, pixels)
        }),
      timeout
    )

    it.effect(
      "more callers than run at once each get their own answer",
      () =>
        Effect.gen(function* () {
          const { concurrency } = yield* OcrProvider
          assert.isTrue(Number.isInteger(concurrency) && concurrency >= 1, `concurrency ${concurrency}`)
          const callers = Array.from({ length: 2 * concurrency + 1 }, (_, index) =>
            index % 2 === 0 ? lineOfText : anotherLine
          )
          const answers = yield* Effect.forEach(callers, ({ image }) => read(image, { layout: "line" }), {
            concurrency: "unbounded"
          })
          assert.deepStrictEqual(
            answers.map(textsOf),
            callers.map(({ words }) => words)
          )
        }),
      timeout
    )

    it.effect.each(unreadable)(
      "an image that is none fails with UnreadableImage: %s",
      ([, image]) =>
        Effect.gen(function* () {
          const error: OcrError = yield* Effect.flip(read({ ...image, pageNumber: 7 }))
          assert.strictEqual(error._tag, "OcrError")
          assert.strictEqual(error.reason._tag, "UnreadableImage")
          assert.strictEqual(error.pageNumber, 7)
          assert.isFalse(error.isRetryable)
        }),
      timeout
    )

    it.effect(
      "who is told of a language reads on in it, and who takes no such hint says so",
      () =>
        Effect.gen(function* () {
          const ocr = yield* OcrProvider
          const { image } = lineOfText
          for (const language of ocr.languages ?? []) {
            assert.isNotEmpty(yield* inLanguage(ocr, language).recognize(image, { layout: "line" }))
          }
          const error = yield* Effect.flip(inLanguage(ocr, "tlh").recognize(image, { layout: "line" }))
          assert.deepStrictEqual(error.reason, new CapabilityMissing({ capability: "language tlh" }))
        }),
      timeout
    )

    if (options.tables === true) {
      it.effect(
        "a table is made out, with its words where they stand in it",
        () =>
          Effect.gen(function* () {
            const { columnEdges, image, rowEdges, rows, words } = dayGrid
            const page = yield* OcrProvider.use((ocr) => recognizeTables(ocr, image))
            assert.sameMembers([...textsOf(page.words)], [...words])
            const tables = page.tables.map(({ cells }) => statedTable(cells, image.pageNumber))
            assert.lengthOf(tables, 1)
            const [table] = tables
            assertNear(table?.columnEdges, columnEdges)
            assertNear(table?.rowEdges, rowEdges)
            for (const { box, columnIndex, rowIndex } of table!.cells) {
              const inside = page.words.filter((word) => isInside(word, box))
              assert.deepStrictEqual(textsOf(inside), [rows[rowIndex]![columnIndex]!])
            }
          }),
        timeout
      )

      it.effect(
        "a blank page has no tables, and an image that is none fails",
        () =>
          Effect.gen(function* () {
            const ocr = yield* OcrProvider
            assert.deepStrictEqual(yield* recognizeTables(ocr, blankPage), { words: [], tables: [] })
            const error = yield* Effect.flip(recognizeTables(ocr, unreadable[0]![1]))
            assert.strictEqual(error.reason._tag, "UnreadableImage")
          }),
        timeout
      )
    } else {
      it.effect("who is asked for tables and makes out none says so", () =>
        Effect.gen(function* () {
          const error = yield* Effect.flip(OcrProvider.use((ocr) => recognizeTables(ocr, dayGrid.image)))
          assert.deepStrictEqual(error.reason, new CapabilityMissing({ capability: "tables" }))
          assert.strictEqual(error.pageNumber, dayGrid.image.pageNumber)
        })
      )
    }

    it.effect(
      "an interrupted call soon uses no processor, and the next one is answered",
      () =>
        Effect.gen(function* () {
          const { concurrency } = yield* OcrProvider
          const one = read(mondayMaths.image)
          yield* one
          // So much work, with calls in line, that what else the process does is little beside it.
          const inFlight = 2 * concurrency + 1
          const count = Math.max(inFlight, Math.ceil(2 / (yield* processorUse(one))))
          const calls = Effect.all(
            Array.from({ length: count }, () => one),
            { concurrency: inFlight }
          )
          const [whole, wholeUse] = yield* Effect.timed(processorUse(calls))
          for (const delay of [1, 40]) {
            const fiber = yield* Effect.forkChild(calls)
            yield* Effect.sleep(delay)
            // As long as all of it would have taken, so that nothing ends unseen.
            const interrupted = Effect.andThen(Fiber.interrupt(fiber), Effect.sleep(whole))
            assert.isBelow(yield* processorUse(interrupted), 0.5 * wholeUse)
            assert.deepStrictEqual(textsOf(yield* read(lineOfText.image, { layout: "line" })), lineOfText.words)
          }
        }),
      timeout
    )

    it.effect(
      "closing its scope closes all that it opened",
      () =>
        Effect.gen(function* () {
          const open = yield* watchResources
          const calls = [read(lineOfText.image), read(anotherLine.image)]
          const once = Effect.all(calls, { concurrency: "unbounded" }).pipe(
            Effect.provide(Layer.fresh(provider), { local: true })
          )
          yield* once
          yield* assertClosed(open)
          for (const delay of [1, 40]) {
            const fiber = yield* Effect.forkChild(once)
            yield* Effect.sleep(delay)
            yield* Fiber.interrupt(fiber)
            yield* assertClosed(open)
          }
        }),
      timeout
    )
  })
}
