import { assert, describe, it } from "@effect/vitest"
import {
  PipelineError,
  type PipelineEvent,
  PipelineEvent as PipelineEventSchema,
  pipeline,
  stage
} from "@timegrid/core/pipeline"
import { Context, Deferred, Effect } from "effect"
import { expect, test } from "vitest"
import * as z from "zod"
import { callCounter, memoryStores, step } from "./stages.ts"

const numbers = pipeline("numbers", { one: z.number() })

describe("a run", () => {
  test("ends with its inputs and all that its stages gave", async () => {
    const result = await numbers
      .use(step("add", "one", "two"))
      .use(step("addAgain", "two", "three"))
      .run({ one: 1 })
    expect(result).toMatchObject({ status: "completed", artifacts: { one: 1, two: 2, three: 3 } })
    expect(result.report.stages.map(({ attempts, stage, version }) => ({ attempts, stage, version }))).toEqual([
      { stage: "add", version: "1", attempts: 1 },
      { stage: "addAgain", version: "1", attempts: 1 }
    ])
  })

  it.effect("runs stages at once whose needs are met, whatever the order in which they were added", () =>
    Effect.gen(function* () {
      const leftWaits = yield* Deferred.make<number>()
      const rightWaits = yield* Deferred.make<number>()
      // Each waits for the other to have begun: one after the other they would wait for ever.
      const left = step("left", "one", "l", () =>
        Effect.andThen(Deferred.succeed(leftWaits, 1), Deferred.await(rightWaits))
      )
      const right = step("right", "one", "r", () =>
        Effect.andThen(Deferred.succeed(rightWaits, 2), Deferred.await(leftWaits))
      )
      const sum = stage({
        name: "sum",
        version: "1",
        needs: { l: z.number(), r: z.number() },
        gives: { sum: z.number() },
        run: ({ l, r }) => ({ sum: l + r })
      })
      const { artifacts } = yield* numbers.use(left).use(right).use(sum).effect({ one: 1 })
      assert.strictEqual(artifacts.sum, 3)
    })
  )

  test("starts a stage when its own needs are met, while slower ones still run", async () => {
    const seen: Array<string> = []
    const slow = step("slow", "one", "late", (value) => Effect.delay(Effect.succeed(value), "20 millis"))
    const quick = step("quick", "one", "early")
    const next = step("next", "early", "soon")
    await numbers
      .use(slow)
      .use(quick)
      .use(next)
      .run({ one: 1 }, { onEvent: (event) => event.type === "stage:finished" && seen.push(event.stage) })
    expect(seen).toEqual(["quick", "next", "slow"])
  })

  test("is another run each time that its effect is run", async () => {
    const calls = callCounter()
    const add = step("add", "one", "two", (value) => calls.giving("add", value))
    const effect = numbers.use(add).provide(memoryStores()).effect({ one: 1 })
    const ids = [await Effect.runPromise(effect), await Effect.runPromise(effect)].map(({ runId }) => runId)
    expect(new Set(ids).size).toBe(2)
    expect(calls.of("add")).toBe(2)
  })

  test("gives a service to the stages that ask for it", async () => {
    class Offset extends Context.Service<Offset, number>()("test/Offset") {}
    const add = step("add", "one", "two", (value) => Offset.useSync((offset) => value + offset))
    const { artifacts } = await numbers.use(add).provide(Offset, 10).run({ one: 1 })
    expect(artifacts.two).toBe(11)
  })

  test("takes a stage's replacement in its place", async () => {
    const twice = step("twice", "one", "two", (value) => Effect.succeed(value * 2))
    const changed = numbers
      .use(step("add", "one", "two"))
      .use(step("last", "two", "three"))
      .replace("add", twice)
    expect((await changed.run({ one: 5 })).artifacts).toEqual({ one: 5, two: 10, three: 11 })
    expect(changed.explain().stages.map(({ path }) => path)).toEqual(["twice", "last"])
  })

  test("runs a pipeline as one stage of another", async () => {
    const inner = numbers
      .use(step("add", "one", "two"))
      .use(step("addAgain", "two", "three"))
      .asStage(["three"])
    const { artifacts, report } = await numbers
      .use(inner)
      .use(step("last", "three", "four"))
      .run({ one: 1 })
    expect(artifacts).toEqual({ one: 1, three: 3, four: 4 })
    expect(report.stages.map(({ stage: path }) => path)).toEqual(["numbers/add", "numbers/addAgain", "numbers", "last"])
  })

  test("refuses inputs that do not fit their schema as the caller's fault, and runs nothing", async () => {
    const calls = callCounter()
    const add = step("add", "one", "two", (value) => calls.giving("add", value))
    const failure = numbers.use(add).run({ one: "1" as never })
    await expect(failure).rejects.toMatchObject({
      _tag: "PipelineError",
      errorClass: "invalid_input",
      reason: { _tag: "ArtifactInvalid", artifact: "one", from: "caller" }
    })
    expect(calls.of("add")).toBe(0)
  })

  test("holds a stage to the schemas of what it gives", async () => {
    const liar = step("liar", "one", "two", () => Effect.succeed("two" as never))
    await expect(numbers.use(liar).run({ one: 1 })).rejects.toMatchObject({
      stage: "liar",
      errorClass: "defect",
      reason: { _tag: "ArtifactInvalid", from: "stage" }
    })
  })

  test("takes a trusted stage at its word, and checks it only on the way into a journal", async () => {
    const liar = step("liar", "one", "two", () => Effect.succeed("two" as never), { isTrusted: true })
    const line = numbers.use(liar)
    expect((await line.run({ one: 1 })).artifacts.two).toBe("two")
    await expect(line.provide(memoryStores()).run({ one: 1 })).rejects.toMatchObject({ code: "validation_failed" })
  })

  test("fails with what a stage throws, and keeps it as the cause", async () => {
    const thrown = new TypeError("no such page")
    const failing = stage({
      name: "failing",
      version: "1",
      needs: { one: z.number() },
      gives: { two: z.number() },
      run: async () => Promise.reject(thrown)
    })
    const failure = await numbers
      .use(failing)
      .run({ one: 1 })
      .catch((error: unknown) => error)
    assert.instanceOf(failure, PipelineError)
    assert.deepInclude(failure.reason, { _tag: "StageThrew", cause: thrown })
    assert.strictEqual(failure.message, "failing: no such page")
  })

  test("turns a broken invariant of a stage into a typed failure", async () => {
    const dying = step("dying", "one", "two", () => Effect.die(new Error("impossible")))
    await expect(numbers.use(dying).run({ one: 1 })).rejects.toMatchObject({
      stage: "dying",
      errorClass: "defect",
      reason: { _tag: "StageDied" }
    })
  })
})

describe("events", () => {
  const chain = numbers.use(step("add", "one", "two")).use(
    step("addAgain", "two", "three", (value, { progress }) =>
      Effect.sync(() => {
        progress(0.5, "half")
        return value + 1
      })
    )
  )

  test("are typed, numbered upwards and plain JSON", async () => {
    const events: Array<PipelineEvent> = []
    await chain.run({ one: 1 }, { onEvent: (event) => events.push(event) })
    expect(events.map(({ type }) => type)).toEqual([
      "run:started",
      "stage:started",
      "stage:finished",
      "stage:started",
      "stage:progress",
      "stage:finished",
      "run:completed"
    ])
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1))
    for (const event of events) expect(PipelineEventSchema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event)
  })

  test("come as a stream beside the result", async () => {
    const stream = chain.stream({ one: 1 })
    const types: Array<string> = []
    for await (const event of stream) types.push(event.type)
    expect(types.at(0)).toBe("run:started")
    expect(types.at(-1)).toBe("run:completed")
    expect((await stream.result).artifacts.three).toBe(3)
  })

  test("of a failed run end with the failure, which only the result throws", async () => {
    const failing = numbers.use(step("dying", "one", "two", () => Effect.die("broken")))
    const stream = failing.stream({ one: 1 })
    const events: Array<PipelineEvent> = []
    for await (const event of stream) events.push(event)
    expect(events.at(-1)).toMatchObject({ type: "run:failed", code: "stage_failed", errorClass: "defect" })
    await expect(stream.result).rejects.toBeInstanceOf(PipelineError)
  })

  test("stop the run when their reader leaves", async () => {
    const endless = numbers.use(step("endless", "one", "two", () => Effect.never))
    const stream = endless.stream({ one: 1 })
    for await (const event of stream) if (event.type === "stage:started") break
    await expect(stream.result).rejects.toMatchObject({ code: "cancelled" })
  })

  test("reach a listener that throws, and the run goes on", async () => {
    const { status } = await chain.run({ one: 1 }, { onEvent: () => assert.fail("never mind") })
    expect(status).toBe("completed")
  })
})
