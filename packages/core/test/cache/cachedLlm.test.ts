import { assert, describe, it } from "@effect/vitest"
import {
  CachedLlmResult,
  type CacheHit,
  cachedLlm,
  LlmProvider,
  type LlmRequest,
  LlmTimetable,
  MemoryCache,
  nothingSpent
} from "@timegrid/core"
import { Effect, Option } from "effect"
import { TestClock } from "effect/testing"
import * as z from "zod"

const answer = LlmTimetable.parse({
  metadata: { schoolName: null, className: "4M", teacher: null, term: null, year: null },
  timeblocks: [
    {
      dayOfWeek: "Monday",
      startTime: "09:30",
      endTime: "10:00",
      name: "Maths",
      notes: null,
      subject: null,
      room: null,
      teacher: null,
      week: null,
      className: null
    }
  ]
})

const spent = { inputTokens: 100, outputTokens: 20, costUsd: 0.01 }

const requestOf = (hashes: Partial<LlmRequest<unknown>["hashes"]> = {}): LlmRequest<LlmTimetable> => ({
  system: "Read the timetable.",
  prompt: [{ type: "text", text: `Monday 9:30 Maths ${Math.random()}` }],
  schema: LlmTimetable,
  hashes: { content: "c0ffee", prompt: "beef", ...hashes }
})

/** A model that counts how often it is asked. */
const counting = (changed: Partial<LlmProvider["Service"]> = {}) => {
  let calls = 0
  const model = LlmProvider.of({
    engine: "made:small",
    provider: "made",
    model: "small",
    version: "made@1",
    capabilities: { images: false, jsonSchema: true },
    parameters: { temperature: 0 },
    costAtMost: () => 0.05,
    generate: ({ schema }) =>
      Effect.sync(() => {
        calls += 1
        return { value: schema.parse(answer), spent }
      }),
    ...changed
  })
  return { model, calls: () => calls }
}

describe("cachedLlm", () => {
  it.effect("asks a question once; the second answer is marked and cost nothing", () =>
    Effect.gen(function* () {
      const { calls, model } = counting()
      const hits: Array<CacheHit> = []
      const llm = cachedLlm(model, MemoryCache.make(), { onHit: (hit) => Effect.sync(() => void hits.push(hit)) })
      assert.deepStrictEqual(yield* llm.generate(requestOf()), { value: answer, spent, isCached: false })
      const again = yield* llm.generate(requestOf())
      assert.deepStrictEqual(again, { value: answer, spent: nothingSpent, isCached: true })
      assert.strictEqual(calls(), 1)
      assert.strictEqual(hits.length, 1)
      assert.match(hits[0]!.key, /^llm:result:sha256:c0ffee:[0-9a-f]{64}$/)
    })
  )

  it.effect("keeps the answer for 90 days, in the form of the seed", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make()
      const { calls, model } = counting()
      const keys: Array<string> = []
      const llm = cachedLlm(model, cache, { onHit: (hit) => Effect.sync(() => keys.push(hit.key)) })
      yield* llm.generate(requestOf())
      yield* TestClock.adjust("89 days")
      yield* llm.generate(requestOf())
      assert.strictEqual(calls(), 1)
      const kept = Option.getOrThrow(yield* cache.find(keys[0]!))
      assert.strictEqual(CachedLlmResult.parse(JSON.parse(new TextDecoder().decode(kept))).timeblocks[0]?.name, "Maths")
      yield* TestClock.adjust("2 days")
      yield* llm.generate(requestOf())
      assert.strictEqual(calls(), 2)
    })
  )

  it.effect("asks again for other content, another prompt, model, version or parameter", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make()
      let calls = 0
      const asked = (changed: Partial<LlmProvider["Service"]>, hashes = {}) => {
        const { model } = counting(changed)
        const generate: LlmProvider["Service"]["generate"] = (request) =>
          Effect.suspend(() => {
            calls += 1
            return model.generate(request)
          })
        return cachedLlm({ ...model, generate }, cache).generate(requestOf(hashes))
      }
      const questions = [
        asked({}),
        asked({}, { content: "other" }),
        asked({}, { prompt: "other" }),
        asked({ engine: "made:large", model: "large" }),
        asked({ provider: "elsewhere" }),
        asked({ version: "made@2" }),
        asked({ parameters: { temperature: 1 } })
      ]
      yield* Effect.all(questions)
      assert.strictEqual(calls, questions.length)
      yield* Effect.all(questions)
      assert.strictEqual(calls, questions.length)
    })
  )

  it.effect("asks again where what is kept does not fit what is asked for", () =>
    Effect.gen(function* () {
      const cache = MemoryCache.make()
      const { model } = counting({ generate: ({ schema }) => Effect.sync(() => ({ value: schema.parse(7), spent })) })
      yield* cachedLlm(model, cache).generate({ ...requestOf(), schema: z.number() })
      const { calls, model: other } = counting()
      assert.deepStrictEqual((yield* cachedLlm(other, cache).generate(requestOf())).value, answer)
      assert.strictEqual(calls(), 1)
    })
  )
})
