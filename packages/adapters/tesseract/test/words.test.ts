import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import type { Block } from "tesseract.js"
import { pnmOf } from "../src/pnm.ts"
import { wordsOf } from "../src/words.ts"

const image = { widthPx: 100, heightPx: 50 }

const box = fc
  .tuple(fc.integer({ min: -9, max: 110 }), fc.integer({ min: -9, max: 60 }), fc.nat(120), fc.nat(60))
  .map(([x0, y0, width, height]) => ({ x0, y0, x1: x0 + width, y1: y0 + height }))

const word = fc.record({
  text: fc.constantFrom("Maths", "9:30", " ", "", "Art\n"),
  confidence: fc.double({ min: -1, max: 101, noNaN: true }),
  bbox: box
})

const blocks = fc.array(word).map((words) => {
  const lines = [{ bbox: { x0: 0, y0: 4, x1: 100, y1: 36 }, words }]
  // The engine's blocks hold much that is not read here.
  return [{ paragraphs: [{ lines }] }] as unknown as ReadonlyArray<Block>
})

describe("wordsOf", () => {
  it("keeps every word inside the image, with characters and an area", () => {
    fc.assert(
      fc.property(blocks, (found) => {
        for (const { box, confidence, text } of wordsOf(found, image, "engine")) {
          assert.match(text, /^\S+$/)
          assert.isTrue(confidence >= 0 && confidence <= 1)
          assert.isTrue(box.x >= 0 && box.y >= 0 && box.width > 0 && box.height > 0)
          assert.isTrue(box.x + box.width <= image.widthPx && box.y + box.height <= image.heightPx)
        }
      })
    )
  })

  it("gives a word the height of its line as the size of its font", () => {
    const word = { text: "Maths", confidence: 91, bbox: { x0: 10, y0: 12, x1: 60, y1: 30 } }
    const lines = [{ bbox: { x0: 10, y0: 10, x1: 90, y1: 34 }, words: [word] }]
    const found = [{ paragraphs: [{ lines }] }] as unknown as ReadonlyArray<Block>
    assert.deepStrictEqual(wordsOf(found, image, "engine"), [
      {
        text: "Maths",
        box: { x: 10, y: 12, width: 50, height: 18 },
        rotation: 0,
        confidence: 0.91,
        source: "ocr",
        engine: "engine",
        style: { fontSizePx: 24, bold: false, italic: false, color: null }
      }
    ])
  })
})

describe("pnmOf", () => {
  it("writes the size and the very bytes, gray as P5 and colour as P6", () => {
    const sizes = fc.record({ widthPx: fc.integer({ min: 1, max: 20 }), heightPx: fc.integer({ min: 1, max: 20 }) })
    fc.assert(
      fc.property(sizes, fc.constantFrom(1 as const, 3 as const), ({ heightPx, widthPx }, channels) => {
        const data = Uint8Array.from({ length: widthPx * heightPx * channels }, (_, index) => index)
        const file = pnmOf({ pageNumber: 1, widthPx, heightPx, channels, data })
        const header = `P${channels === 1 ? 5 : 6}\n${widthPx} ${heightPx}\n255\n`
        assert.strictEqual(new TextDecoder("latin1").decode(file.subarray(0, header.length)), header)
        assert.deepStrictEqual(file.subarray(header.length), data)
      })
    )
  })
})
