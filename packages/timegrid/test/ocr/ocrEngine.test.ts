import { makeTimetable } from "@timegrid/maker"
import { assert, beforeAll, describe, it } from "vitest"
import { createTimegrid, type OcrEngine } from "../../src/index.ts"

const first = "tesseract.js@7"
const second = "pp-ocrv4"

let screenshot = new Uint8Array()

beforeAll(async () => {
  screenshot = new Uint8Array((await makeTimetable({ seed: 1, tier: "png", layout: "days-as-columns" })).bytes)
})

/** Who has read the words behind the names of blocks, and whom a job's row names. */
const enginesOf = async (ocrEngine: OcrEngine) => {
  const timegrid = await createTimegrid({ ocrEngine, concurrency: 1, isolate: false })
  try {
    const { extraction, metadata } = await timegrid.run(screenshot)
    assert.isNotEmpty(extraction.timeblocks)
    const fields = extraction.timeblocks.flatMap(({ evidence }) => [evidence.name, evidence.start])
    const words = fields.flatMap((field) => field?.words ?? [])
    return { ofWords: [...new Set(words.map(({ engine }) => engine))], ofJob: metadata.ocrEngine }
  } finally {
    await timegrid.close()
  }
}

describe("the engine for page images", () => {
  it("is both by default where the second is installed", async () => {
    const { ofJob, ofWords } = await enginesOf("auto")
    assert.include(ofWords, `${first}+${second}`)
    assert.strictEqual(ofJob, "tesseract.js-7+pp-ocrv4")
  })

  it("is both when the ensemble is asked for", async () => {
    assert.include((await enginesOf("ensemble")).ofWords, `${first}+${second}`)
  })

  it.each([
    ["tesseract", first],
    ["paddle", second]
  ] as const)("is %s alone when that is asked for", async (engine, name) => {
    assert.deepStrictEqual((await enginesOf(engine)).ofWords, [name])
  })
})
