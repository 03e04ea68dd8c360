import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { parseArguments } from "../src/command/parseArguments.ts"

const complaintAbout = (commandLine: string) =>
  Effect.map(
    Effect.flip(parseArguments(commandLine.split(" ").filter((word) => word !== ""))),
    ({ message }) => message
  )

/** Without options no document leaves the machine. */
const nobody = {
  llm: [],
  llmUrl: null,
  llmPrice: null,
  cloudOcr: [],
  usdPerPage: null,
  budgetUsd: null,
  routing: { acceptFrom: undefined }
}

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
          tiers: nobody,
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

  it.effect("takes who may see a document, for how much, and from when on nobody needs to", () =>
    Effect.gen(function* () {
      const line =
        "extract a.pdf --llm ollama:a --llm openai:b --llm-price 1,5.5 --cloud-ocr http --cloud-ocr-price 0.001 " +
        "--budget 0.5 --accept-errors 0.02"
      const parsed = yield* parseArguments(line.split(" "))
      assert.deepStrictEqual(parsed.action === "extract" && parsed.extract.tiers, {
        llm: ["ollama:a", "openai:b"],
        llmUrl: null,
        llmPrice: { inputUsd: 1, outputUsd: 5.5 },
        cloudOcr: ["http"],
        usdPerPage: 0.001,
        budgetUsd: 0.5,
        routing: { acceptFrom: { errorRate: 0.02 } }
      })
    })
  )

  const complaints: ReadonlyArray<readonly [string, string]> = [
    ["", "Name a command."],
    ["read a.pdf", 'There is no command "read".'],
    ["extract", "Name at least one file."],
    ["extract a.pdf --format yaml", "There is no --format yaml; use table, json, csv, ics, html."],
    ["extract a.pdf --colour", "Unknown option '--colour'."],
    ["extract a.pdf --llm", "argument missing."],
    ["extract a.pdf --cloud-ocr fog", "There is no --cloud-ocr fog; use google-vision, textract, azure, http."],
    ["extract a.pdf --budget much", "--budget much is no number from 0 on."],
    ["extract a.pdf --accept-from 101", "--accept-from 101 is no number from 0 to 100."],
    ["extract a.pdf --llm-price 1", "--llm-price 1 is no price; write dollars a million tokens in and out, like 1,5."],
    [
      "extract a.pdf --llm openai:gpt-5-mini --budget 1",
      "--budget needs --llm-price, since nobody else knows what the model costs."
    ],
    [
      "extract a.pdf --cloud-ocr azure --budget 1",
      "--budget needs --cloud-ocr-price, since nobody else knows what a page costs."
    ],
    [
      "extract a.pdf --accept-from 90 --accept-errors 0.01",
      "--accept-from and --accept-errors both say when a reading is accepted; give one."
    ],
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
