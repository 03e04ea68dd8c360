import { assert, describe, it } from "@effect/vitest"
import {
  type BoundingBox,
  DocumentError,
  type DocumentErrorCode,
  type DocumentReader,
  type DocumentType,
  defaultLimits,
  documentErrorCodes,
  type Limits,
  type OpenDocument,
  type Page,
  type PageImage
} from "@timegrid/core"
import { Effect, Exit, Result } from "effect"
import * as fc from "fast-check"
import { watchResources } from "./resources.ts"

/** A sound document and what is on it. */
export interface DocumentSample {
  /** Of the sample, for the names of the tests. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly documentType: DocumentType
  readonly pageCount: number
  /** Words that the reader itself finds, in any order and among others; none for a document of pixels only. */
  readonly words: ReadonlyArray<string>
  /** Whether its pages can be rendered; if not, `render` must fail with a `DocumentError`. Default true. */
  readonly renders?: boolean
}

/** A document that must be refused, by `check` or by `open`. */
export interface RefusedDocument {
  readonly name: string
  readonly bytes: Uint8Array
  readonly code: DocumentErrorCode
  /** Where the document is sound but breaks a limit: that limit, set low. */
  readonly limits?: Partial<Limits>
}

/** Bytes to document as the pipeline goes. */
const open = (reader: DocumentReader, bytes: Uint8Array, limits: Limits = defaultLimits) =>
  Effect.andThen(reader.check(bytes, limits), reader.open(bytes, limits))

const textsOf = (pages: ReadonlyArray<Page>) => pages.flatMap((page) => page.words.map(({ text }) => text))

/** Rounded numbers of vector formats may pass the edge of the page by less than this. */
const edgeTolerancePx = 1

const isInside = ({ height, width, x, y }: BoundingBox, page: Page) =>
  x >= -edgeTolerancePx &&
  y >= -edgeTolerancePx &&
  width >= 0 &&
  height >= 0 &&
  x + width <= page.widthPx + edgeTolerancePx &&
  y + height <= page.heightPx + edgeTolerancePx

const assertSize = (image: PageImage, widthPx: number, heightPx: number) => {
  assert.deepStrictEqual([image.widthPx, image.heightPx], [widthPx, heightPx])
  assert.strictEqual(image.data.length, widthPx * heightPx * image.channels)
}

/** Mean difference of gray or colour levels between `part` and the same region of `whole`, one of which may be gray. */
const difference = (whole: PageImage, part: PageImage, { x, y }: BoundingBox) => {
  const levelAt = ({ channels, data, widthPx }: PageImage, column: number, row: number, channel: number) =>
    data[(row * widthPx + column) * channels + Math.min(channel, channels - 1)]!
  let sum = 0
  for (let row = 0; row < part.heightPx; row++) {
    for (let column = 0; column < part.widthPx; column++) {
      for (let channel = 0; channel < 3; channel++) {
        sum += Math.abs(levelAt(whole, x + column, y + row, channel) - levelAt(part, column, row, channel))
      }
    }
  }
  return sum / (3 * part.widthPx * part.heightPx)
}

/**
 * A region that shows something: around the first pixel that differs from the page's corner, so that a region rendered
 * in the wrong place is noticed.
 */
const regionWithInk = (whole: PageImage): BoundingBox => {
  const first = whole.data.findIndex((level) => Math.abs(level - whole.data[0]!) > 64)
  const pixel = Math.max(0, Math.floor(first / whole.channels))
  const width = Math.min(40, whole.widthPx) & ~1
  const height = Math.min(20, whole.heightPx) & ~1
  const x = Math.min(pixel % whole.widthPx, whole.widthPx - width)
  const y = Math.min(Math.floor(pixel / whole.widthPx), whole.heightPx - height)
  return { x, y, width, height }
}

/** Succeeds unless reading throws, dies, or fails with anything but a `DocumentError` of a known code. */
const assertReadsOrRefuses = Effect.fnUntraced(function* (reader: DocumentReader, bytes: Uint8Array) {
  const recognized = reader.recognize(bytes)
  assert.isTrue(recognized === null || typeof recognized === "string")
  const result = yield* open(reader, bytes).pipe(Effect.scoped, Effect.result)
  if (Result.isSuccess(result)) return
  assert.instanceOf(result.failure, DocumentError)
  assert.include(documentErrorCodes, result.failure.code)
  assert.notStrictEqual(result.failure.message, "")
})

const propertyTimeout = 60_000

const forAllBytes = (bytes: fc.Arbitrary<Uint8Array>, reader: DocumentReader) =>
  Effect.promise(() =>
    fc.assert(
      fc.asyncProperty(bytes, (each) => Effect.runPromise(assertReadsOrRefuses(reader, each))),
      // One seed, so that a build that passed passes again.
      { numRuns: 30, seed: 1 }
    )
  )

/** The sample with a few of its bytes changed, or cut off somewhere. */
const damaged = (sample: Uint8Array): fc.Arbitrary<Uint8Array> => {
  const position = fc.nat(sample.length - 1)
  const changed = fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 8 }).map((changes) => {
    // A Buffer's slice() would share its memory.
    const bytes = new Uint8Array(sample)
    for (const [at, value] of changes) bytes[at] = value
    return bytes
  })
  return fc.oneof(
    changed,
    position.map((length) => sample.slice(0, length))
  )
}

/**
 * The promises that every reader keeps; its contract test is one call with documents of its own kind. Of two or more
 * samples, the first two are also opened side by side. Needs `vitest`, `@effect/vitest` and `fast-check`.
 */
export const documentReaderContract = (
  name: string,
  reader: DocumentReader,
  samples: readonly [DocumentSample, ...ReadonlyArray<DocumentSample>],
  refused: ReadonlyArray<RefusedDocument> = []
): void => {
  describe(`DocumentReader contract: ${name}`, () => {
    it("knows nothing of bytes that are of no kind", () => {
      for (const text of ["", "Monday 9:30 Maths", "<html></html>"]) {
        assert.isNull(reader.recognize(new TextEncoder().encode(text)))
      }
    })

    it.live("an empty file fails with empty_file", () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(reader.check(new Uint8Array(0), defaultLimits))
        assert.strictEqual(error.code, "empty_file")
      })
    )

    it.live(
      "bytes at random are refused with a code, never with a defect",
      () => forAllBytes(fc.uint8Array({ maxLength: 512 }), reader),
      propertyTimeout
    )

    for (const document of refused) {
      it.live(`is refused with ${document.code}: ${document.name}`, () =>
        Effect.gen(function* () {
          const limits = { ...defaultLimits, ...document.limits }
          const error = yield* open(reader, document.bytes, limits).pipe(Effect.scoped, Effect.flip)
          assert.instanceOf(error, DocumentError)
          assert.strictEqual(error.code, document.code)
          assert.notStrictEqual(error.message, "")
        })
      )
    }

    for (const sample of samples) describe(sample.name, () => contractOfSample(reader, sample))

    it.live("two documents open at once do not mix", () =>
      Effect.gen(function* () {
        const pair = [samples[0], samples[1] ?? samples[0]]
        const alone = yield* Effect.forEach(pair, ({ bytes }) =>
          open(reader, bytes).pipe(
            Effect.map(({ pages }) => pages),
            Effect.scoped
          )
        )
        const together = yield* Effect.forEach(pair, ({ bytes }) => open(reader, bytes), { concurrency: "unbounded" })
        assert.deepStrictEqual(
          together.map(({ pages }) => pages),
          alone
        )
        for (const [index, document] of together.entries()) {
          if (pair[index]!.renders === false) continue
          const image = yield* document.render(1)
          assertSize(image, document.pages[0]!.widthPx, document.pages[0]!.heightPx)
        }
      })
    )
  })
}

const contractOfSample = (reader: DocumentReader, sample: DocumentSample) => {
  const opened = open(reader, sample.bytes)

  it("is recognised by its first bytes, and read without being changed", async () => {
    const before = new Uint8Array(sample.bytes)
    assert.strictEqual(reader.recognize(sample.bytes), sample.documentType)
    const document = await Effect.runPromise(Effect.scoped(opened))
    assert.strictEqual(document.documentType, sample.documentType)
    assert.deepStrictEqual(new Uint8Array(sample.bytes), before)
  })

  it.live("has its pages in order, numbered from 1", () =>
    Effect.gen(function* () {
      const { pages } = yield* opened
      assert.deepStrictEqual(
        pages.map(({ pageNumber }) => pageNumber),
        Array.from({ length: sample.pageCount }, (_, index) => index + 1)
      )
      for (const page of pages) assert.isTrue(page.widthPx > 0 && page.heightPx > 0)
    })
  )

  it.live("has its words, each native, sure and inside its page", () =>
    Effect.gen(function* () {
      const { pages } = yield* opened
      const found = textsOf(pages)
      if (sample.words.length === 0) assert.deepStrictEqual(found, [])
      else assert.includeMembers(found, [...sample.words])
      for (const page of pages) {
        for (const word of page.words) {
          assert.match(word.text, /^\S+$/)
          assert.deepStrictEqual([word.source, word.confidence], ["native", 1])
          assert.isTrue(isInside(word.box, page), JSON.stringify(word))
        }
      }
    })
  )

  it.live("has rules, fills and images in the numbers of its pages", () =>
    Effect.gen(function* () {
      for (const page of (yield* opened).pages) {
        for (const { from, position, thickness, to } of page.rules) {
          assert.isTrue(from <= to && thickness >= 0 && Number.isFinite(position + from + to + thickness))
        }
        for (const { color } of page.fills) assert.match(color, /^#[0-9A-F]{6}$/)
        for (const box of [...page.fills.map((fill) => fill.box), ...page.images]) {
          assert.isTrue(isInside(box, page), JSON.stringify(box))
        }
      }
    })
  )

  it.live("gives the same pages each time", () =>
    Effect.gen(function* () {
      const first = yield* Effect.scoped(opened)
      assert.deepStrictEqual((yield* Effect.scoped(opened)).pages, first.pages)
    })
  )

  if (sample.renders === false) {
    it.live("says so when it is asked to render", () =>
      Effect.gen(function* () {
        const error = yield* Effect.flip((yield* opened).render(1))
        assert.instanceOf(error, DocumentError)
      })
    )
  } else {
    it.live("renders pages and regions at the exact size that was asked for", () =>
      Effect.gen(function* () {
        const document = yield* opened
        for (const page of document.pages) {
          const whole = yield* document.render(page.pageNumber)
          assertSize(whole, page.widthPx, page.heightPx)
          assert.strictEqual(whole.pageNumber, page.pageNumber)
          const region = regionWithInk(whole)
          const part = yield* document.render(page.pageNumber, { region })
          assertSize(part, region.width, region.height)
          assert.isBelow(difference(whole, part, region), 12, "a region shows what the whole page shows there")
          for (const scale of [0.5, 2]) {
            const scaled = yield* document.render(page.pageNumber, { region, scale })
            assertSize(scaled, region.width * scale, region.height * scale)
          }
        }
      })
    )

    it.live("renders the same pixels each time, and several regions at once", () =>
      Effect.gen(function* () {
        const document: OpenDocument = yield* opened
        const first = yield* document.render(1)
        const again = yield* Effect.all([document.render(1), document.render(1, { scale: 0.5 }), document.render(1)], {
          concurrency: "unbounded"
        })
        assert.deepStrictEqual(again[0], first)
        assert.deepStrictEqual(again[2], first)
      })
    )
  }

  it.live("fails with file_too_large where it has one byte more than the limit", () =>
    Effect.gen(function* () {
      const { length } = sample.bytes
      yield* reader.check(sample.bytes, { ...defaultLimits, fileBytes: length })
      const error = yield* Effect.flip(reader.check(sample.bytes, { ...defaultLimits, fileBytes: length - 1 }))
      assert.strictEqual(error.code, "file_too_large")
    })
  )

  if (sample.pageCount > 1) {
    it.live("fails with too_many_pages where it has one page more than the limit", () =>
      Effect.gen(function* () {
        const limits = { ...defaultLimits, pages: sample.pageCount - 1 }
        const error = yield* open(reader, sample.bytes, limits).pipe(Effect.scoped, Effect.flip)
        assert.strictEqual(error.code, "too_many_pages")
      })
    )
  }

  it.live("is refused when all but its beginning is lost", () =>
    Effect.gen(function* () {
      const error = yield* open(reader, sample.bytes.slice(0, 48)).pipe(Effect.scoped, Effect.flip)
      assert.instanceOf(error, DocumentError)
      assert.include(documentErrorCodes, error.code)
    })
  )

  it.live(
    "damaged, it is read or refused with a code, never with a defect",
    () => forAllBytes(damaged(sample.bytes), reader),
    propertyTimeout
  )

  it.live("closing its scope closes all that it opened", () =>
    Effect.gen(function* () {
      const open = yield* watchResources
      const exit = yield* Effect.exit(Effect.scoped(opened))
      assert.isTrue(Exit.isSuccess(exit))
      assert.deepStrictEqual(yield* open, { threads: 0, handles: [] })
    })
  )
}
