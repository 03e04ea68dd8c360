import { assert, describe, it } from "@effect/vitest"
import type { PageImage } from "@timegrid/core"
import { Effect, Result } from "effect"
import * as fc from "fast-check"
import { boxOf, type Polygon, partOf, polygonOf, rotationOf } from "../src/shared/Polygon.ts"
import { pageWords } from "../src/shared/pageWords.ts"

const page: PageImage = { pageNumber: 1, widthPx: 400, heightPx: 300, channels: 1, data: new Uint8Array(0) }

const box = fc.record({
  x: fc.integer({ min: -300, max: 700 }),
  y: fc.integer({ min: -300, max: 700 }),
  width: fc.integer({ min: 0, max: 500 }),
  height: fc.integer({ min: 0, max: 500 })
})

const stated = fc.record({
  text: fc.string({ maxLength: 12, unit: "binary" }),
  polygon: box.map(polygonOf),
  confidence: fc.double({ min: -1, max: 2, noNaN: true })
})

const read = (words: ReadonlyArray<Parameters<typeof pageWords>[0][number]>) =>
  Effect.runSync(Effect.result(pageWords(words, page, "made@1")))

describe("pageWords", () => {
  it("keeps words within the page and free of white space, or says that the answer is malformed", () => {
    fc.assert(
      fc.property(fc.array(stated, { maxLength: 4 }), (words) => {
        const result = read(words)
        if (Result.isFailure(result)) {
          assert.strictEqual(result.failure._tag, "ResponseMalformed")
          return
        }
        for (const { box, confidence, text } of result.success) {
          assert.match(text, /^[^\s\p{Cc}]+$/u)
          assert.isTrue(confidence >= 0 && confidence <= 1)
          assert.isTrue(box.x >= 0 && box.y >= 0 && box.width >= 1 && box.height >= 1)
          assert.isTrue(box.x + box.width <= page.widthPx && box.y + box.height <= page.heightPx)
        }
      })
    )
  })

  it("gives the parts of a text the parts of its box, in order", () => {
    const parts = fc.array(fc.stringMatching(/^[a-z]{1,5}$/), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(parts, (texts) => {
        const result = read([
          { text: texts.join(" "), polygon: polygonOf({ x: 0, y: 0, width: 400, height: 20 }), confidence: 1 }
        ])
        const words = Result.getOrThrow(result)
        assert.deepStrictEqual(
          words.map(({ text }) => text),
          texts
        )
        words.slice(1).forEach((word, i) => {
          assert.isAtLeast(word.box.x, words[i]!.box.x + words[i]!.box.width)
        })
      })
    )
  })
})

describe("rotationOf", () => {
  it("is the quarter turn that is nearest, however skewed the writing is", () => {
    const skew = fc.integer({ min: -40, max: 40 })
    fc.assert(
      fc.property(fc.constantFrom(0, 90, 180, 270), skew, (quarter, degrees) => {
        const angle = ((quarter + degrees) * Math.PI) / 180
        const [cos, sin] = [100 * Math.cos(angle), 100 * Math.sin(angle)]
        const polygon: Polygon = [
          [200, 200],
          [200 + cos, 200 + sin],
          [200 + cos - sin, 200 + sin + cos],
          [200 - sin, 200 + cos]
        ]
        assert.strictEqual(rotationOf(polygon), quarter)
      })
    )
  })
})

describe("partOf", () => {
  it("lies within the whole", () => {
    fc.assert(
      fc.property(
        box,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (whole, a, b) => {
          const part = boxOf(partOf(polygonOf(whole), Math.min(a, b), Math.max(a, b)))
          assert.isAtLeast(part.x, whole.x - 1e-9)
          assert.isAtMost(part.x + part.width, whole.x + whole.width + 1e-9)
          assert.isAtLeast(part.width, 0)
        }
      )
    )
  })
})
