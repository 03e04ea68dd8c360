import { makeTimetable } from "@timegrid/maker"
import { assert, beforeAll, describe, it } from "vitest"
import { createTimegrid, type OcrEngine } from "../../src/index.ts"

const first = "tesseract.js@7"
const second = "pp-ocrv4"

let screenshot = new Uint8Array()

beforeAll(async () => {
  screenshot = new Uint8Array((await makeTimetable({ seed: 1, tier: "png", layout: "days-as-columns" })).bytes)
})

/** The engines of the words behind the names of blocks. */
const enginesOf = async (ocrEngine: OcrEngine) => {
  const timegrid = await createTimegrid({ ocrEngine, concurrency: 1, isolate: false })
  try {
    const { timeblocks } = await timegrid.extract(screenshot)
    assert.isNotEmpty(timeblocks)
    return new Set(
      timeblocks
        .flatMap(({ evidence }) => [evidence.name, evidence.start])
        .flatMap((field) => (field?.words ?? []).map(({ engine }) => engine))
    )
  } finally {
    await timegrid.close()
  }
}

describe("the engine for page images", () => {
  it("is both by default where the second is installed", async () => {
    assert.include([...(await enginesOf("auto"))], `${first}+${second}`)
  })

  it("is both when the ensemble is asked for", async () => {
    assert.include([...(await enginesOf("ensemble"))], `${first}+${second}`)
  })

  it.each([
    ["tesseract", first],
    ["paddle", second]
  ] as const)("is %s alone when that is asked for", async (engine, name) => {
    assert.deepStrictEqual([...(await enginesOf(engine))], [name])
  })
})
