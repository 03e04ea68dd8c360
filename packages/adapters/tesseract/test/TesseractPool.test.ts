import { assert, it } from "@effect/vitest"
import { lineOfText, mondayMaths } from "@timegrid/testing"
import { Effect } from "effect"
import { PSM } from "tesseract.js"
import { loadLanguageData } from "../src/languageData.ts"
import { pnmOf } from "../src/pnm.ts"
import { makePool } from "../src/TesseractPool.ts"

it.live("a call gets the idle thread that is already in its mode", () =>
  Effect.gen(function* () {
    const pool = yield* makePool(2)
    const languages = [yield* loadLanguageData("eng")]
    const read = (segmentation: PSM, image: typeof lineOfText.image) => {
      const mode = { segmentation, languages }
      return pool.withThread(mode, (thread) => Effect.as(thread.recognize(pnmOf(image), mode), thread))
    }
    const both = [read(PSM.SINGLE_LINE, lineOfText.image), read(PSM.SINGLE_BLOCK, mondayMaths.image)]
    const [line, block] = yield* Effect.all(both, { concurrency: "unbounded" })
    assert.notStrictEqual(line, block)
    assert.strictEqual(yield* read(PSM.SINGLE_BLOCK, mondayMaths.image), block)
    assert.strictEqual(yield* read(PSM.SINGLE_LINE, lineOfText.image), line)
    assert.strictEqual(yield* read(PSM.SINGLE_LINE, lineOfText.image), line)
  })
)
