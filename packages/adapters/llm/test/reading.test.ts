import { inspect } from "node:util"
import { assert, describe, it } from "@effect/vitest"
import { LlmProvider, type Page, readWithLlm, type Word } from "@timegrid/core"
import { type LlmBehaviour, loopbackLlm, type ReceivedQuestion } from "@timegrid/testing/loopback"
import { Effect } from "effect"
import { type Service, services, told } from "./services.ts"

const words = (lines: ReadonlyArray<string>): ReadonlyArray<Word> =>
  lines.flatMap((line, row) =>
    line.split(" ").map((text, index) => ({
      text,
      box: { x: 40 + 120 * index, y: 40 + 40 * row, width: 100, height: 20 },
      rotation: 0 as const,
      confidence: 1,
      source: "native" as const,
      engine: "made",
      style: null
    }))
  )

const page: Page = {
  pageNumber: 1,
  widthPx: 900,
  heightPx: 600,
  rotation: 0,
  pointsPerPixel: null,
  words: words(["Monday", "9.00-10.00 Maths", "10.00-11.00 French", "Tuesday", "9.00-10.00 Art", "10.00-11.00 Music"]),
  rules: [],
  fills: [],
  images: [],
  tables: null,
  toImage: null
}
const image = { pageNumber: 1, widthPx: 90, heightPx: 60, channels: 1 as const, data: new Uint8Array(5_400).fill(255) }

const block = (dayOfWeek: string, startTime: string, endTime: string, name: string) => ({
  dayOfWeek,
  startTime,
  endTime,
  name,
  notes: null,
  subject: null,
  room: null,
  teacher: null,
  week: null,
  className: null
})
const metadata = { schoolName: null, className: null, teacher: null, term: null, year: null }
const printed = [
  block("Monday", "09:00", "10:00", "Maths"),
  block("Monday", "10:00", "11:00", "French"),
  block("Tuesday", "09:00", "10:00", "Art"),
  block("Tuesday", "10:00", "11:00", "Music")
]
const answerOf = (timeblocks: ReadonlyArray<unknown>) => JSON.stringify({ metadata, timeblocks })

const read = (service: Service, behave: (question: ReceivedQuestion, index: number) => LlmBehaviour) =>
  Effect.scoped(
    Effect.gen(function* () {
      const { llm, service: loopback } = yield* told(service, behave)
      const outcome = yield* Effect.result(
        Effect.provideService(readWithLlm([page], { images: [image] }), LlmProvider, llm)
      )
      return { outcome, questions: loopback.questions }
    })
  )

/** What each answer ends in: so many accepted and rejected blocks, or the code of an error. */
const cases: ReadonlyArray<
  readonly [string, (index: number) => LlmBehaviour, { readonly accepted: number; readonly rejected: number } | string]
> = [
  ["a good answer", () => ({ answer: answerOf(printed) }), { accepted: 4, rejected: 0 }],
  [
    "a good answer in a block of Markdown",
    () => ({ answer: `\`\`\`json\n${answerOf(printed)}\n\`\`\`` }),
    { accepted: 4, rejected: 0 }
  ],
  ["no timeblocks", () => ({ answer: answerOf([]) }), { accepted: 0, rejected: 0 }],
  [
    "a valid but absurd answer",
    () => ({ answer: answerOf(["Pizza", "Maths", "Art"].map((name) => block("Sunday", "03:00", "04:00", name))) }),
    { accepted: 0, rejected: 3 }
  ],
  [
    "names that hold \\u0000",
    () => ({
      answer: answerOf([block("Monday", "09:00", "10:00", "Ma\u0000ths"), block("Monday", "10:00", "11:00", "\u0000")])
    }),
    { accepted: 1, rejected: 1 }
  ],
  [
    "prose and then JSON",
    (index) => ({ answer: index === 0 ? "Here is the timetable you asked for." : answerOf(printed) }),
    { accepted: 4, rejected: 0 }
  ],
  [
    "the wrong shape and then the right one",
    (index) => ({ answer: index === 0 ? answerOf([{ day: "Mon" }]) : answerOf(printed) }),
    { accepted: 4, rejected: 0 }
  ],
  ["prose throughout", () => ({ answer: "I would rather talk about the weather." }), "schema_mismatch"],
  ["another shape throughout", () => ({ answer: '{"rows":[]}' }), "schema_mismatch"],
  ["a bare NUL", () => ({ answer: "\u0000" }), "schema_mismatch"],
  [
    "10 MB of answer",
    () => ({ answer: answerOf([block("Monday", "09:00", "10:00", "x".repeat(10_000_000))]), atOnce: true }),
    "truncated"
  ],
  ["a stream that breaks", () => ({ answer: answerOf(printed), cut: "broken" }), "unavailable"],
  ["a stream that just ends", () => ({ answer: answerOf(printed), cut: "closed" }), "unavailable"],
  ["an overload in the middle", () => ({ answer: answerOf(printed), cut: "overloaded" }), "unavailable"],
  ["an answer that met its limit", () => ({ answer: answerOf(printed).slice(0, 200), end: "truncated" }), "truncated"],
  ["whole JSON that met its limit", () => ({ answer: answerOf(printed.slice(0, 1)), end: "truncated" }), "truncated"],
  ["a refusal", () => ({ answer: "I cannot read this.", end: "refused" }), "refused"],
  ["a refusal that looks like an answer", () => ({ answer: answerOf(printed), end: "refused" }), "refused"],
  ["429", () => ({ status: 429 }), "rate_limited"],
  ["500", () => ({ status: 500 }), "unavailable"],
  ["529", () => ({ status: 529 }), "unavailable"],
  ["401", () => ({ status: 401 }), "refused"],
  ["504", () => ({ status: 504 }), "timeout"],
  ["a page of HTML with status 200", () => ({ status: 200, body: "<html>" }), "unavailable"]
]

for (const service of services) {
  describe(service.name, () => {
    it.effect.each(cases)("%s ends in what it should", ([, behave, expected]) =>
      Effect.gen(function* () {
        const { outcome } = yield* read(service, (_, index) => behave(index))
        if (outcome._tag === "Failure") assert.strictEqual(outcome.failure.code, expected)
        else {
          const { rejected, timeblocks } = outcome.success
          assert.deepStrictEqual({ accepted: timeblocks.length, rejected: rejected.length }, expected)
          for (const { name } of timeblocks) assert.isTrue(printed.some((each) => each.name === name))
        }
      })
    )

    it.effect("is asked once, at temperature 0, for JSON, without tools, with the picture and the fenced text", () =>
      Effect.gen(function* () {
        const { questions } = yield* read(service, () => ({ answer: answerOf(printed) }))
        const sent = JSON.stringify(questions.map(({ body }) => body))
        assert.lengthOf(questions, 1)
        assert.match(sent, /"temperature":0[,}]/)
        assert.match(sent, /"json_schema"|"json_object"|"application\/json"/)
        assert.notMatch(sent, /"tools"|"tool_choice"|"toolConfig"/)
        assert.match(sent, /iVBORw0KGgo/)
        assert.match(sent, /<page ([0-9a-f]{32})>.*9\.00-10\.00.*<\/page \1>/)
      })
    )

    it.effect("is shown its answer and what is wrong with it when it is asked to mend it", () =>
      Effect.gen(function* () {
        const { questions } = yield* read(service, (_, index) => ({
          answer: index === 0 ? "Well, well." : answerOf([])
        }))
        const second = JSON.stringify(questions[1]?.body)
        assert.include(second, "Well, well.")
        assert.include(second, "The answer is no JSON")
      })
    )
  })
}

describe("a model by its name", () => {
  const huge = "x".repeat(20_000_000)
  it.effect.each([
    ["an error", { status: 500, body: huge }],
    ["a page that is no answer", { status: 200, body: huge }]
  ] as const)("does not read %s of 20 MB to its end", ([, behaviour]) =>
    Effect.gen(function* () {
      const { outcome } = yield* read(services[0]!, () => behaviour)
      if (outcome._tag === "Success") return assert.fail("it was read")
      assert.strictEqual(outcome.failure.reason._tag, "AnswerTooLong")
      // It may have to be paid for, and nobody knows how much it is.
      assert.isNull(outcome.failure.spent?.costUsd)
    })
  )
})

describe("a key", () => {
  it.effect("is not taken along to where a service redirects to", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const elsewhere = yield* loopbackLlm("anthropic", () => ({ answer: answerOf(printed) }))
        const location = `${elsewhere.baseUrl}/messages`
        const { outcome } = yield* read(services[0]!, () => ({ status: 307, headers: { location } }))
        assert.strictEqual(outcome._tag === "Failure" && outcome.failure.code, "unavailable")
        assert.lengthOf(elsewhere.questions, 0)
      })
    )
  )

  it.effect("is in no error, whatever is made of it", () =>
    Effect.gen(function* () {
      const { outcome } = yield* read(services[0]!, () => ({ status: 401 }))
      assert.notInclude(inspect(outcome, { depth: 20 }), "a secret key")
    })
  )
})

describe("what is kept", () => {
  it.effect("OpenAI is told to store nothing", () =>
    Effect.gen(function* () {
      const service = services.find(({ dialect }) => dialect === "openai-responses")!
      const { questions } = yield* read(service, () => ({ answer: answerOf(printed) }))
      assert.propertyVal(questions[0]?.body, "store", false)
    })
  )
})
