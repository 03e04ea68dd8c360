import { assert, layer } from "@effect/vitest"
import { defaultLimits } from "@timegrid/core"
import { makeTimetable } from "@timegrid/maker"
import { Context, Effect, Layer } from "effect"
import { strToU8, zipSync } from "fflate"
import { builtInReaders } from "../src/builtInReaders.ts"
import { isolateReader } from "../src/isolation/isolateReader.ts"
import { makeParserPool, type ParserPool } from "../src/isolation/ParserPool.ts"

class Pool extends Context.Service<Pool, ParserPool>()("test/Pool") {}

const modules = builtInReaders.flatMap(({ module }) => (module === undefined ? [] : [module]))
const pool = Layer.effect(Pool, makeParserPool({ modules, size: 1, memoryBytes: defaultLimits.memoryBytes }))

const mainType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
const relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

/** A Word file whose one paragraph is one picture, 6 inches wide. */
const wordFileOf = (picture: Uint8Array): Uint8Array =>
  zipSync({
    "[Content_Types].xml": strToU8(
      `<Types><Override PartName="/word/document.xml" ContentType="${mainType}"/></Types>`
    ),
    "_rels/.rels": strToU8(
      `<Relationships><Relationship Id="d" Type="${relationships}/officeDocument" Target="word/document.xml"/></Relationships>`
    ),
    "word/document.xml": strToU8(
      '<w:document><w:body><w:p><w:r><w:drawing><wp:inline><wp:extent cx="5486400" cy="3000000"/><pic:pic><pic:blipFill><a:blip r:embed="p"/></pic:blipFill></pic:pic></wp:inline></w:drawing></w:r></w:p></w:body></w:document>'
    ),
    "word/_rels/document.xml.rels": strToU8(
      `<Relationships><Relationship Id="p" Type="${relationships}/image" Target="media/screenshot.png"/></Relationships>`
    ),
    "word/media/screenshot.png": picture
  })

layer(pool, { excludeTestServices: true, timeout: "30 seconds" })(
  "the built-in readers in a process of their own",
  (it) => {
    it.effect("read a Word file that holds but a screenshot as they read the screenshot", () =>
      Effect.gen(function* () {
        const parsers = yield* Pool
        const screenshot = new Uint8Array((yield* Effect.promise(() => makeTimetable({ seed: 5, tier: "png" }))).bytes)
        const read = Effect.fnUntraced(function* (bytes: Uint8Array) {
          const found = builtInReaders.find(({ recognize }) => recognize(bytes) !== null)
          const document = yield* isolateReader(found ?? assert.fail("no reader"), parsers).open(bytes, defaultLimits)
          return { pages: document.pages, image: yield* document.render(1) }
        }, Effect.scoped)
        const inWord = yield* read(wordFileOf(screenshot))
        assert.deepStrictEqual(inWord, yield* read(screenshot))
        assert.lengthOf(inWord.pages, 1)
      })
    )
  }
)
