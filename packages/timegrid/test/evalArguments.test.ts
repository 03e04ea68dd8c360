import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { parseArguments } from "../src/command/parseArguments.ts"

const parse = (commandLine: string) => parseArguments(commandLine.split(" "))

describe("the command line of timegrid eval", () => {
  it.effect("reads a folder and prints text unless it says otherwise", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* parse("eval set"), {
        action: "eval",
        eval: { folder: "set", predictions: null, out: null, ocr: "auto", json: false, verbose: false, quiet: false }
      })
    })
  )

  it.effect("takes its options before and after the folder", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* parse("eval --json --out kept --ocr paddle set --verbose --quiet"), {
        action: "eval",
        eval: { folder: "set", predictions: null, out: "kept", ocr: "paddle", json: true, verbose: true, quiet: true }
      })
    })
  )

  it.effect("shows the help", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* parse("eval --help"), { action: "help" })
    })
  )

  for (const [commandLine, complaint] of [
    ["eval", "Name one folder that holds files and truth."],
    ["eval set other", "Name one folder that holds files and truth."],
    ["eval set --predictions kept --out new", "--out keeps what is read, and --predictions reads nothing."],
    ["eval set --format json", "Unknown option '--format'."]
  ] as const) {
    it.effect(`refuses "timegrid ${commandLine}"`, () =>
      Effect.gen(function* () {
        assert.strictEqual((yield* Effect.flip(parse(commandLine))).message, complaint)
      })
    )
  }
})
