import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { parseArguments } from "../src/command/parseArguments.ts"

const complaintAbout = (commandLine: string) =>
  Effect.map(
    Effect.flip(parseArguments(commandLine.split(" ").filter((word) => word !== ""))),
    ({ message }) => message
  )

describe("the command line", () => {
  it.effect("asks for a table on standard output unless it says otherwise", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* parseArguments(["extract", "a.pdf", "b.png"]), {
        action: "extract",
        extract: {
          files: ["a.pdf", "b.png"],
          format: "table",
          out: null,
          ocr: "auto",
          explain: false,
          quiet: false,
          calendar: null
        }
      })
    })
  )

  it.effect("takes a calendar's dates and zone", () =>
    Effect.gen(function* () {
      const line = "extract a.pdf --format ics --start-date 2025-09-01 --zone Asia/Kolkata --until 2026-07-01"
      const parsed = yield* parseArguments(line.split(" "))
      assert.deepStrictEqual(parsed.action === "extract" && parsed.extract.calendar, {
        startDate: "2025-09-01",
        zone: "Asia/Kolkata",
        until: "2026-07-01"
      })
    })
  )

  const complaints: ReadonlyArray<readonly [string, string]> = [
    ["", "Name a command."],
    ["read a.pdf", 'There is no command "read".'],
    ["extract", "Name at least one file."],
    ["extract a.pdf --format yaml", "There is no --format yaml; use table, json, csv, ics, html."],
    ["extract a.pdf --colour", "Unknown option '--colour'."],
    ["extract a.pdf --ocr psychic", "There is no --ocr psychic; use auto, tesseract, paddle, ensemble."],
    ["extract a.pdf x/a.png --out results", "a.pdf and x/a.png would both be written to a.txt."],
    ["extract a.pdf --format ics", "--format ics needs --start-date and --zone."],
    [
      "extract a.pdf --format ics --start-date 2025-02-30 --zone Europe/London",
      "--start-date 2025-02-30 is no date; write it as 2025-09-01."
    ],
    [
      "extract a.pdf --format ics --start-date 2025-09-01 --zone Mars/Olympus",
      "Mars/Olympus is no time zone; write one like Europe/London."
    ],
    [
      "extract a.pdf --format ics --start-date 2025-09-01 --zone Europe/London --until 2025-08-01",
      "--until lies before --start-date."
    ]
  ]
  for (const [commandLine, complaint] of complaints) {
    it.effect(`refuses "timegrid ${commandLine}"`, () =>
      Effect.gen(function* () {
        assert.include(yield* complaintAbout(commandLine), complaint)
      })
    )
  }
})
