import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import type { PageImage } from "../../src/document/Page.ts"
import { AnswerMalformed, AnswerMismatch, AnswerRefused, type LlmError } from "../../src/llm/LlmError.ts"
import { LlmProvider } from "../../src/llm/LlmProvider.ts"
import { LlmReading } from "../../src/llm/LlmReading.ts"
import { hashPrompt, readingPrompt } from "../../src/llm/readingPrompt.ts"
import { type ReadWithLlmOptions, readWithLlm } from "../../src/llm/readWithLlm.ts"
import { blankPage, pageWith, wordsAt } from "../support/pages.ts"
import { type Answerer, modelThat, noMetadata, spentOnce } from "./models.ts"
import { blockOf } from "./weeks.ts"

const page = pageWith(
  [
    ["", "Monday", "Tuesday"],
    ["9:00 - 10:00", "Maths", "Art"],
    ["10:00 - 11:00", "French", "Music"]
  ],
  "Class 4M"
)
const truth = {
  metadata: noMetadata,
  timeblocks: [
    blockOf("Monday", "09:00", "10:00", "Maths"),
    blockOf("Tuesday", "09:00", "10:00", "Art"),
    blockOf("Monday", "10:00", "11:00", "French"),
    blockOf("Tuesday", "10:00", "11:00", "Music")
  ]
}

const asked = (answer: Answerer, options: ReadWithLlmOptions = {}, pages = [page], images = false) => {
  const { provider, requests } = modelThat(answer, images)
  const reading = Effect.provideService(readWithLlm(pages, options), LlmProvider, provider)
  return { reading, requests }
}

const textOf = (request: ReturnType<typeof modelThat>["requests"][number]) =>
  request.prompt.map((part) => (part.type === "text" ? part.text : "")).join("")

describe("readWithLlm", () => {
  it("gives a reading that survives JSON, with who made it by which prompt for how much", () => {
    const { reading } = asked(() => truth)
    const result = Effect.runSync(reading)
    expect(LlmReading.parse(JSON.parse(JSON.stringify(result)))).toEqual(result)
    expect(result).toMatchObject({
      engine: "made:model",
      prompt: { version: "timetable-1" },
      calls: 1,
      cachedCalls: 0,
      spent: spentOnce
    })
    expect(result.timeblocks.map(({ name }) => name)).toEqual(["Maths", "French", "Art", "Music"])
  })

  it("keeps the document out of the instructions and fences it by a mark of its own in each call", () => {
    const marks = [1, 2].map(() => {
      const { reading, requests } = asked(() => truth)
      Effect.runSync(reading)
      expect(requests[0]!.system).toBe(readingPrompt.system)
      const mark = /<page ([0-9a-f]{32})>\n([\s\S]*)\n<\/page \1>$/.exec(textOf(requests[0]!))
      expect(mark?.[2]).toContain("row 2, column 2: Maths")
      return mark?.[1]
    })
    expect(marks[0]).not.toBe(marks[1])
  })

  it("strips what no eye sees before a model sees it", () => {
    const hidden = "Ma\u200bths\u202e\u0000\u{e0041}\u{e0042}\ufe0f\u00ad"
    const words = wordsAt(`Monday 9:00 ${hidden}`, 40, 40)
    const { reading, requests } = asked(() => truth, {}, [{ ...blankPage, words }])
    Effect.runSync(reading)
    expect(textOf(requests[0]!)).toContain("Monday 9:00 Maths\n</page")
  })

  it("has the same hashes for the same question, others for another text, prompt or repair", () => {
    const hashesOf = (...given: Parameters<typeof asked>) => {
      const { reading, requests } = asked(...given)
      Effect.runSync(Effect.exit(reading))
      return requests.map(({ hashes }) => hashes)
    }
    const [first] = hashesOf(() => truth)
    expect(hashesOf(() => truth)).toEqual([first])
    const other = { ...page, words: page.words.slice(1) }
    expect(hashesOf(() => truth, {}, [other])[0]!.content).not.toBe(first!.content)
    const prompt = { ...readingPrompt, system: `${readingPrompt.system} ` }
    expect(hashesOf(() => truth, { prompt })[0]!.prompt).not.toBe(first!.prompt)
    const repaired = hashesOf(() => new AnswerMalformed({ answer: "Sure!", complaint: "no JSON" }))
    expect(repaired.map(({ content }) => content)).toEqual([first!.content, first!.content])
    expect(repaired[1]!.prompt).not.toBe(first!.prompt)
  })

  it("gives a changed prompt another version", () => {
    // Where this fails, the prompt or the schema of the answer says something else: raise the version, then note its hash.
    expect([readingPrompt.version, hashPrompt(readingPrompt)]).toEqual([
      "timetable-1",
      "e6dc3582bfa8a664c0e73317d0a5e813fb4a30793c468105ab195e7c68ea74f5"
    ])
  })

  it("lets a model mend its answer once, with what the validator said, and counts both calls", () => {
    const complaint = "timeblocks: expected array"
    const { reading, requests } = asked((_, index) =>
      index === 0 ? new AnswerMismatch({ answer: "{}", complaint }) : truth
    )
    const { calls, spent, timeblocks } = Effect.runSync(reading)
    expect(timeblocks).toHaveLength(4)
    expect(requests.map(({ repair }) => repair)).toEqual([undefined, { answer: "{}", complaint }])
    expect({ calls, spent }).toEqual({
      calls: 2,
      spent: { inputTokens: 2_000, outputTokens: 400, costUsd: 0.004 }
    })
  })

  it("fails when the mended answer does not fit either, and says what both have cost", () => {
    const { reading, requests } = asked(() => new AnswerMismatch({ answer: "{}", complaint: "no" }))
    const error: LlmError = Effect.runSync(Effect.flip(reading))
    expect([error.code, error.spent?.costUsd, requests.length]).toEqual(["schema_mismatch", 0.004, 2])
  })

  it("asks only once where mending is no help", () => {
    const { reading, requests } = asked(() => new AnswerRefused({ answer: "I cannot" }))
    expect([Effect.runSync(Effect.flip(reading)).code, requests.length]).toEqual(["refused", 1])
  })

  it("asks about each page that has words, and none that has not", () => {
    const pages = [page, { ...blankPage, pageNumber: 2 }, { ...page, pageNumber: 3 }]
    const { reading, requests } = asked(() => truth, {}, pages)
    const { timeblocks } = Effect.runSync(reading)
    expect([requests.length, timeblocks.map((block) => block.page)]).toEqual([2, [1, 1, 1, 1, 3, 3, 3, 3]])
    const none = asked(() => truth, {}, [blankPage])
    expect(Effect.runSync(none.reading)).toMatchObject({
      calls: 0,
      confidence: 0,
      warnings: [{ code: "no_timetable" }]
    })
  })

  it("shows the picture of a page to a model that looks at pictures, no larger than asked for", () => {
    const picture: PageImage = {
      pageNumber: 1,
      widthPx: 90,
      heightPx: 60,
      channels: 1,
      data: new Uint8Array(5_400)
    }
    const options = { images: [picture, { ...picture, pageNumber: 2 }], imageSidePx: 50 }
    const shown = [true, false].map((images) => {
      const { reading, requests } = asked(() => truth, options, [page], images)
      Effect.runSync(reading)
      return requests[0]!.prompt.flatMap((part) =>
        part.type === "image" ? [part.image.pageNumber, part.image.widthPx] : []
      )
    })
    expect(shown).toEqual([[1, 45], []])
  })
})
