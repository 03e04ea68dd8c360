import { PassThrough } from "node:stream"
import { assert, describe, it } from "@effect/vitest"
import type { ExtractionProgress } from "@timegrid/core"
import { Effect } from "effect"
import { TestClock } from "effect/testing"
import { makeProgressDisplay } from "../src/command/ProgressDisplay.ts"

const at = (stage: ExtractionProgress["stage"], fraction: number, page = 0, pages = 1): ExtractionProgress => ({
  stage,
  fraction,
  page,
  pages
})

const makeStream = (terminal: object) => {
  // A terminal is a stream that says so and knows its width.
  const stream = Object.assign(new PassThrough({ encoding: "utf8" }), terminal) as PassThrough & NodeJS.WriteStream
  return { stream, written: () => String(stream.read() ?? "") }
}

const erase = "\r\u001b[2K"

describe("the progress on a terminal", () => {
  it.effect("is one line with a bar, the share, the time left and the stage", () =>
    Effect.gen(function* () {
      const { stream, written } = makeStream({ isTTY: true, columns: 200 })
      const display = yield* makeProgressDisplay(stream, 1)
      display.update("a.pdf", at("ocr", 0.25, 1, 4))
      yield* TestClock.adjust("2 seconds")
      assert.strictEqual(
        written().split(erase).at(-1),
        "██████░░░░░░░░░░░░░░░░░░   25 %  about 6 s left  reading page 2 of 4 a.pdf"
      )
    })
  )

  it.effect("counts the files that are done", () =>
    Effect.gen(function* () {
      const { stream, written } = makeStream({ isTTY: true, columns: 200 })
      const display = yield* makeProgressDisplay(stream, 4)
      display.update("a.pdf", at("ocr", 0.5))
      display.done("a.pdf")
      display.update("b.pdf", at("preprocessing", 0))
      yield* TestClock.adjust("100 seconds")
      assert.include(written().split(erase).at(-1) ?? "", " 25 %  1/4  about 5 min left  opening b.pdf")
    })
  )

  it.effect("stays within the line and leaves none behind", () =>
    Effect.gen(function* () {
      const { stream, written } = makeStream({ isTTY: true, columns: 40 })
      yield* Effect.scoped(
        Effect.gen(function* () {
          const display = yield* makeProgressDisplay(stream, 1)
          display.update("a-file-with-a-name-that-is-much-too-long.pdf", at("ocr", 0.5))
          yield* TestClock.adjust("1 second")
        })
      )
      const drawn = written().split(erase)
      assert.isTrue(drawn.every((line) => line.length < 40))
      assert.strictEqual(drawn.at(-1), "")
    })
  )
})

describe("the progress elsewhere", () => {
  it.effect("is a plain line for each stage of each file", () =>
    Effect.gen(function* () {
      const { stream, written } = makeStream({})
      const display = yield* makeProgressDisplay(stream, 2)
      display.update("a.pdf", at("preprocessing", 0.1))
      display.update("b.pdf", at("preprocessing", 0.1))
      display.update("a.pdf", at("preprocessing", 0.2))
      display.update("a.pdf", at("ocr", 0.2, 0, 2))
      assert.strictEqual(written(), "a.pdf: opening\nb.pdf: opening\na.pdf: reading page 1 of 2\n")
    })
  )
})
