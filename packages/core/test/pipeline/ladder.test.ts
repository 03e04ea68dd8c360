import { type ErrorClass, firstThat, type PipelineEvent, pipeline } from "@timegrid/core/pipeline"
import { Data, Effect } from "effect"
import { describe, expect, test } from "vitest"
import * as z from "zod"
import { callCounter, memoryStores, step } from "./stages.ts"

class Fault extends Data.TaggedError("Fault")<{ readonly errorClass: ErrorClass }> {}

/** A ladder of three rungs, each of which scores what it is given here, or fails. */
const ladderOf = (...rungs: readonly [number | Fault, number | Fault, number | Fault]) => {
  const calls = callCounter()
  const rung = <const Name extends string>(name: Name, outcome: number | Fault) =>
    step(
      name,
      "page",
      "score",
      () =>
        Effect.suspend(() => {
          calls.count(name)
          return typeof outcome === "number" ? Effect.succeed(outcome) : Effect.fail(outcome)
        }),
      { retry: { transientRetries: 0, rateLimitedRetries: 0 } }
    )
  const ladder = firstThat("read", [rung("first", rungs[0]), rung("second", rungs[1]), rung("third", rungs[2])], {
    score: ({ score }) => score,
    atLeast: 98
  })
  return { calls, line: pipeline("reading", { page: z.number() }).use(ladder) }
}

describe("a ladder", () => {
  test("stops at the first rung that is good enough", async () => {
    const { calls, line } = ladderOf(80, 98, 99)
    expect((await line.run({ page: 1 })).artifacts.score).toBe(98)
    expect(calls.all()).toEqual({ first: 1, second: 1 })
  })

  test("keeps the best where none is, the earlier of equals", async () => {
    expect((await ladderOf(90, 95, 80).line.run({ page: 1 })).artifacts.score).toBe(95)
  })

  test.each(["transient", "rate_limited", "refused", "budget"] as const)(
    "passes over a rung that fails as %s",
    async (errorClass) => {
      expect((await ladderOf(90, new Fault({ errorClass }), 99).line.run({ page: 1 })).artifacts.score).toBe(99)
      expect((await ladderOf(90, 91, new Fault({ errorClass })).line.run({ page: 1 })).artifacts.score).toBe(91)
    }
  )

  test.each(["invalid_input", "cancelled", "defect"] as const)(
    "fails with a rung that fails as %s",
    async (errorClass) => {
      const fault = new Fault({ errorClass })
      await expect(ladderOf(90, fault, 99).line.run({ page: 1 })).rejects.toBe(fault)
    }
  )

  test("fails as its last rung did where no rung gave anything", async () => {
    const last = new Fault({ errorClass: "refused" })
    const { line } = ladderOf(new Fault({ errorClass: "refused" }), new Fault({ errorClass: "transient" }), last)
    await expect(line.run({ page: 1 })).rejects.toBe(last)
  })

  test("climbs on after a restart from the rung that it had reached", async () => {
    const stores = memoryStores()
    const broken = ladderOf(90, new Fault({ errorClass: "defect" }), 99)
    await expect(broken.line.provide(stores).run({ page: 1 }, { runId: "r" })).rejects.toBeDefined()
    const mended = ladderOf(90, 95, 99)
    const events: Array<PipelineEvent> = []
    await mended.line.provide(stores).resume("r", { onEvent: (event) => events.push(event) })
    expect(mended.calls.all()).toEqual({ second: 1, third: 1 })
    expect(events).toContainEqual(expect.objectContaining({ type: "stage:reused", stage: "read/first" }))
  })

  test("re-runs a rung that is named and those above it, and keeps those below", async () => {
    const { calls, line } = ladderOf(90, 95, 99)
    const kept = line.provide(memoryStores())
    await kept.run({ page: 1 }, { runId: "r" })
    await kept.resume("r", { from: "read/second" })
    expect(calls.all()).toEqual({ first: 1, second: 2, third: 2 })
  })

  test("hands a rung that needs it the best so far, to improve on", async () => {
    const low = step("low", "page", "score", () => Effect.succeed(40))
    const lower = step("lower", "page", "score", () => Effect.succeed(30))
    const better = step("better", "score", "score", (best) => Effect.succeed(best + 1))
    const line = pipeline("reading", { page: z.number() }).use(
      firstThat("read", [low, lower, better], { score: ({ score }) => score, atLeast: 98 })
    )
    expect((await line.run({ page: 1 })).artifacts.score).toBe(41)
    const kept = line.provide(memoryStores())
    const run = await kept.run({ page: 1 }, { runId: "r" })
    expect(JSON.stringify(await kept.replay("r"))).toBe(JSON.stringify(run))
  })

  test("passes over a rung that improves on a result where there is none", async () => {
    const calls = callCounter()
    const broken = step("broken", "page", "score", () => Effect.fail(new Fault({ errorClass: "refused" })))
    const better = step("better", "score", "score", (best) => calls.giving("better", best + 1))
    const line = pipeline("reading", { page: z.number() }).use(
      firstThat("read", [broken, better], { score: ({ score }) => score, atLeast: 98 })
    )
    await expect(line.run({ page: 1 })).rejects.toBeInstanceOf(Fault)
    expect(calls.of("better")).toBe(0)
  })

  test("cannot begin with a rung that improves on a result", () => {
    const better = step("better", "score", "score")
    expect(() => firstThat("read", [better], { score: () => 1, atLeast: 1 })).toThrow(TypeError)
  })
})
