import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { mostLines, readableLines } from "../../src/image/busyPage.ts"
import { readPageImage } from "../../src/image/readPageImage.ts"
import type { WritingLine } from "../../src/image/writing.ts"
import { OcrProvider } from "../../src/ocr/OcrProvider.ts"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { pageOf, paint, type Raster, raster, word } from "./raster.ts"

/** A grid of 49 × 49 written cells, many more than a timetable has. */
const crowded = (): Raster => {
  const image = raster(2000, 2000)
  for (let at = 4; at < 2000; at += 40) {
    paint(image, { x: 0, y: at, width: 2000, height: 2 }, 0)
    paint(image, { x: at, y: 0, width: 2, height: 2000 }, 0)
  }
  for (let y = 14; y < 1960; y += 40) {
    for (let x = 14; x < 1960; x += 40) word(image, x, y, 2, 14)
  }
  return image
}

const lineOf = (pieces: number): WritingLine => ({
  box: { x: 0, y: 0, width: 10, height: 10 },
  direction: "level",
  pieces: Array.from({ length: pieces }, (_, i) => ({ x: i, y: 0, width: 1, height: 10 })),
  foreign: [],
  ground: 255,
  tone: 0
})

describe("readableLines", () => {
  it("keeps a page as it is that has no more lines than the limit", () => {
    const regions = [[lineOf(1)], [], [lineOf(3)]]
    assert.deepStrictEqual(readableLines(regions, 2), { regions, unread: 0 })
  })

  it("leaves out specks before lines of letters, and counts them", () => {
    const [speck, word, title] = [lineOf(1), lineOf(4), lineOf(9)]
    assert.deepStrictEqual(readableLines([[speck, word], [title]], 2), { regions: [[word], [title]], unread: 1 })
  })
})

describe("readPageImage", () => {
  it.effect("reads no more than so many lines of a crowded page, and says that others are left", () =>
    Effect.gen(function* () {
      let calls = 0
      const image = crowded()
      const page = yield* readPageImage(pageOf(image), image).pipe(
        Effect.provideService(
          OcrProvider,
          OcrProvider.of({
            engine: "double",
            granularity: "crop",
            concurrency: 4,
            recognize: () =>
              Effect.sync(() => {
                calls++
                return []
              })
          })
        )
      )
      assert.strictEqual(page.unreadLines, 49 * 49 - mostLines)
      assert.isAtMost(calls, mostLines + 8)
      assert.deepStrictEqual(
        interpretPages([page]).warnings.map(({ code }) => code),
        ["page_too_busy", "no_timetable"]
      )
    })
  )
})
