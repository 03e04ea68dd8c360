import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { MemoryCache, OcrProvider } from "@timegrid/core"
import { blankPage, lineOfText } from "@timegrid/testing"
import { Effect } from "effect"
import { OcrAnswer } from "../src/http/index.ts"
import * as examples from "./docs.examples.ts"
import { ownEngine } from "./servers/ownEngine.ts"
import { rightKey, serve } from "./servers/Vendor.ts"

const source = readFileSync(new URL("docs.examples.ts", import.meta.url), "utf8")

const textOf = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8")

const samplesOf = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map(([, sample]) => sample!)

/** Of a page on several things, what it says on others than language models. */
const sectionsOf = (text: string) =>
  text
    .split(/\n(?=## )/)
    .filter((section) => !section.startsWith("## Language models"))
    .join("\n")

describe("the documentation", () => {
  it.each(["../README.md", "../../../../docs/providers.md"])("%s shows only samples that are compiled here", (file) => {
    const compiled = source.split("\n").map((line) => line.trim())
    const lines = samplesOf(sectionsOf(textOf(file)), "ts")
      .flatMap((sample) => sample.split("\n"))
      .map((line) => line.trim())
      .filter((line) => line !== "" && !line.startsWith("import "))
    assert.isAtLeast(lines.length, 2)
    for (const line of lines) assert.include(compiled, line)
  })

  it("shows an answer of an engine that is one", () => {
    const [answer = ""] = samplesOf(textOf("../README.md"), "json")
    const { tables, words } = OcrAnswer.parse(JSON.parse(answer))
    assert.deepStrictEqual([words.length, tables[0]?.cells[0]?.rowSpan], [1, 1])
  })

  it.live("makes the engines that it says", () =>
    Effect.gen(function* () {
      const keys = { get: () => Promise.resolve({ accessKeyId: "id", secretAccessKey: rightKey }) }
      const made = yield* Effect.forEach(examples.engines(keys), (layer) => Effect.provide(OcrProvider, layer))
      assert.deepStrictEqual(
        made.map(({ engine, recognizePage }) => [engine, recognizePage !== undefined]),
        [
          ["google-vision@v1", false],
          ["textract@2018-06-27", true],
          ["azure-document-intelligence@2024-11-30", true],
          ["paddleocr@3.2", false]
        ]
      )
      // A blank image costs no call, and so needs no key.
      assert.deepStrictEqual(yield* examples.inUse(blankPage), [])
    })
  )

  it.live("falls back, and keeps answers, as it says", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* serve(ownEngine)
      const ocr = yield* Effect.provide(OcrProvider, ownEngine.layer(url))
      const broken = yield* Effect.provide(OcrProvider, ownEngine.layer(url, {}, "a-wrong-key"))
      const readers = [
        { name: "first", ocr: broken, usd: 0 },
        { name: "second", ocr, usd: 0.01 }
      ] as const
      const run = yield* examples.fallingBack(readers, lineOfText.image).effect({ page: "one" })
      assert.deepStrictEqual(run.artifacts.texts, [...lineOfText.words])
      const asked = requests.length
      const once = examples.keeping(ocr, MemoryCache.make())
      yield* once.recognize(lineOfText.image)
      yield* once.recognize(lineOfText.image)
      assert.strictEqual(requests.length, asked + 1)
    })
  )
})
