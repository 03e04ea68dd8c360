import { assert, describe, it } from "@effect/vitest"
import { DocumentError, type DocumentReader, defaultLimits, type PageImage } from "@timegrid/core"
import { Effect } from "effect"
import { strToU8 } from "fflate"
import { makeDocxReader } from "../src/index.ts"
import { cell, paragraph, row, table, wordFile } from "./wordFile.ts"

const header = /^P5 (\d+) (\d+) 255\n/

/** Reads portable graymaps, the simplest pictures there are. */
const graymaps: DocumentReader = {
  name: "graymap",
  recognize: (bytes) => (header.test(Buffer.from(bytes).toString("latin1")) ? "image/x-portable-graymap" : null),
  check: (bytes, limits) =>
    bytes.length > limits.imagePixels
      ? Effect.fail(new DocumentError({ code: "image_too_large", message: "This picture is too large." }))
      : Effect.void,
  open: (bytes) => {
    const [match, width, height] = header.exec(Buffer.from(bytes).toString("latin1"))!
    const size = { widthPx: Number(width), heightPx: Number(height) }
    const image: PageImage = { pageNumber: 1, ...size, channels: 1, data: bytes.slice(match.length) }
    const box = { x: 0, y: 0, width: size.widthPx, height: size.heightPx }
    const nothing = { words: [], rules: [], fills: [], tables: null, toImage: null, pointsPerPixel: null }
    return Effect.succeed({
      documentType: "image/x-portable-graymap",
      pages: [{ pageNumber: 1, ...size, rotation: 0 as const, images: [box], ...nothing }],
      render: () => Effect.succeed(image)
    })
  }
}

const reader = makeDocxReader({ pictures: [graymaps] })
const relationshipType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"

const picture = (id: string, widthPx: number) =>
  `<w:p><w:r><w:drawing><wp:inline><wp:extent cx="${widthPx * 9525}" cy="952500"/><pic:pic><pic:blipFill><a:blip r:embed="${id}"/></pic:blipFill></pic:pic></wp:inline></w:drawing></w:r></w:p>`

const fileWith = (
  body: string,
  media: Readonly<Record<string, string>> = { a: "P5 2 1 255\nab", b: "P5 1 1 255\nc" }
) => {
  const links = Object.keys(media).map(
    (id) => `<Relationship Id="${id}" Type="${relationshipType}" Target="media/${id}.bin"/>`
  )
  const files = Object.entries(media).map(([id, content]) => [`word/media/${id}.bin`, strToU8(content)])
  return wordFile({
    body,
    entries: {
      "word/_rels/document.xml.rels": strToU8(`<Relationships>${links.join("")}</Relationships>`),
      ...Object.fromEntries(files)
    }
  })
}

const open = (bytes: Uint8Array, limits = {}) => {
  const all = { ...defaultLimits, ...limits }
  return Effect.scoped(Effect.andThen(reader.check(bytes, all), reader.open(bytes, all)))
}

describe("pictures", () => {
  it.effect("a document of one large picture is that picture's page, with its pixels", () =>
    Effect.gen(function* () {
      const document = yield* open(fileWith(picture("a", 500)))
      assert.deepStrictEqual(
        document.pages.map(({ pageNumber, widthPx }) => [pageNumber, widthPx]),
        [[1, 2]]
      )
      assert.deepStrictEqual(yield* document.render(1), {
        pageNumber: 1,
        widthPx: 2,
        heightPx: 1,
        channels: 1,
        data: strToU8("ab")
      })
    })
  )

  it.effect("text comes first and cannot be rendered, large pictures follow, each once", () =>
    Effect.gen(function* () {
      const body = paragraph("Term 2") + picture("a", 500) + picture("a", 500) + picture("b", 400)
      const document = yield* open(fileWith(body))
      assert.deepStrictEqual(
        document.pages.map(({ pageNumber, words }) => [pageNumber, words.length]),
        [
          [1, 2],
          [2, 0],
          [3, 0]
        ]
      )
      assert.strictEqual((yield* document.render(3)).pageNumber, 3)
      assert.strictEqual((yield* Effect.flip(document.render(1))).code, "unsupported_type")
      assert.strictEqual((yield* Effect.flip(open(fileWith(body), { pages: 2 }))).code, "too_many_pages")
    })
  )

  it.effect("logos, pictures beside a table, and kinds that nobody reads are no pages", () =>
    Effect.gen(function* () {
      const body = paragraph("Term 2")
      const grid = table([1000], [row([cell("Mon")])])
      for (const file of [
        fileWith(body + picture("a", 100)),
        fileWith(grid + picture("a", 500)),
        fileWith(body + picture("a", 500), { a: "GIF89a" }),
        fileWith(body + picture("missing", 500))
      ]) {
        assert.strictEqual((yield* open(file)).pages.length, 1)
      }
    })
  )

  it.effect("a picture is held to the limits of its own reader", () =>
    Effect.gen(function* () {
      const error = yield* Effect.flip(open(fileWith(picture("a", 500)), { imagePixels: 3 }))
      assert.strictEqual(error.code, "image_too_large")
    })
  )
})
