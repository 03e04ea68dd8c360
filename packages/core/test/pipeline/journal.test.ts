import { assert, describe, it } from "@effect/vitest"
import { BlobStore, MemoryBlobStore } from "@timegrid/core"
import {
  Journal,
  JournalError,
  JournalRow,
  MemoryJournal,
  type PipelineEvent,
  pipeline,
  review,
  stage
} from "@timegrid/core/pipeline"
import { Context, Effect, Exit } from "effect"
import { expect, test } from "vitest"
import * as z from "zod"
import { callCounter, memoryStores, step } from "./stages.ts"

const numbers = pipeline("numbers", { one: z.number() })

/** Six stages in a row that are counted; `fails` says which of them fail. */
const counted = (stores: Context.Context<Journal | BlobStore>, fails: (name: string) => boolean = () => false) => {
  const calls = callCounter()
  const counting = (name: string) => (value: number) =>
    Effect.suspend(() => {
      calls.count(name)
      return fails(name) ? Effect.die(new Error(`${name} broke`)) : Effect.succeed(value + 1)
    })
  const line = numbers
    .use(step("s1", "one", "a1", counting("s1")))
    .use(step("s2", "a1", "a2", counting("s2")))
    .use(step("s3", "a2", "a3", counting("s3")))
    .use(step("beside", "a1", "b1", counting("beside")))
    .provide(stores)
  return { calls, line }
}

describe("a journalled run", () => {
  test("goes on after the last finished stage, and runs none of them twice", async () => {
    const stores = memoryStores()
    let isBroken = true
    const { calls, line } = counted(stores, (name) => name === "s3" && isBroken)
    await expect(line.run({ one: 0 }, { runId: "r" })).rejects.toMatchObject({ stage: "s3" })
    isBroken = false
    const result = await line.resume("r")
    expect(result).toMatchObject({ status: "completed", artifacts: { one: 0, a1: 1, a2: 2, a3: 3, b1: 2 } })
    expect(calls.all()).toMatchObject({ s1: 1, s2: 1, s3: 2 })
  })

  test("is the same run when it is started again with the same inputs, and a conflict with others", async () => {
    const { calls, line } = counted(memoryStores())
    const first = await line.run({ one: 0 }, { runId: "r" })
    expect(await line.run({ one: 0 }, { runId: "r" })).toEqual(first)
    expect(calls.all()).toEqual({ s1: 1, s2: 1, s3: 1, beside: 1 })
    await expect(line.run({ one: 1 }, { runId: "r" })).rejects.toMatchObject({ code: "conflict" })
  })

  test("is run once by all who start it at once, and taken up by those who come meanwhile", async () => {
    const { calls, line: begun } = counted(memoryStores())
    const line = begun.use(step("slow", "a3", "a4", (value) => Effect.delay(calls.giving("slow", value), "5 millis")))
    const starts = [1, 2, 3].map(() => line.run({ one: 0 }, { runId: "r" }))
    const again = line.resume("r", { from: "s3" })
    const [first, ...others] = await Promise.all(starts)
    for (const other of others) expect(JSON.stringify(other)).toBe(JSON.stringify(first))
    expect((await again).artifacts).toEqual(first?.artifacts)
    expect(calls.all()).toEqual({ s1: 1, s2: 1, s3: 2, beside: 1, slow: 2 })
  })

  test("pays once for what two sessions at once would pay for", async () => {
    let asked = 0
    const dear = stage.effect({
      name: "dear",
      version: "1",
      cost: "metered",
      needs: { one: z.number() },
      gives: { paid: z.number() },
      run: ({ one }, { call }) =>
        call({ provider: "dear", atMost: { usd: 1 } }, () =>
          Effect.sync(() => {
            asked += 1
            return { paid: one }
          }).pipe(Effect.delay("5 millis"))
        )
    })
    const line = numbers.use(dear).provide(memoryStores())
    const runs = await Promise.all([1, 2].map(() => line.run({ one: 1 }, { runId: "r", budget: { usd: 1 } })))
    expect(runs.map(({ report }) => report.spent.dear?.usd)).toEqual([1, 1])
    expect(asked).toBe(1)
  })

  test("goes on for those who wait when the session before them is cancelled", async () => {
    const stores = memoryStores()
    const reached = Promise.withResolvers<void>()
    let isStuck = true
    const { line } = counted(stores)
    const stuck = line.use(
      step("stuck", "a3", "a4", (value) =>
        Effect.suspend(() => {
          reached.resolve()
          return isStuck ? Effect.never : Effect.succeed(value + 1)
        })
      )
    )
    const controller = new AbortController()
    const first = stuck.run({ one: 0 }, { runId: "r", signal: controller.signal })
    const second = stuck.run({ one: 0 }, { runId: "r" })
    await reached.promise
    isStuck = false
    controller.abort()
    await expect(first).rejects.toMatchObject({ code: "cancelled" })
    expect(await second).toMatchObject({ status: "completed", artifacts: { a4: 4 } })
  })

  test("re-runs the stage that is named and what depends on it", async () => {
    const { calls, line } = counted(memoryStores())
    await line.run({ one: 0 }, { runId: "r" })
    await line.resume("r", { from: "s2" })
    expect(calls.all()).toEqual({ s1: 1, s2: 2, s3: 2, beside: 1 })
  })

  test("takes artifacts that it is given in place of its own, and re-runs only what they change", async () => {
    const { calls, line } = counted(memoryStores())
    await line.run({ one: 0 }, { runId: "r" })
    const result = await line.resume("r", { with: { a2: 10 } })
    expect(result).toMatchObject({ artifacts: { a1: 1, a2: 10, a3: 11, b1: 2 } })
    expect(calls.all()).toEqual({ s1: 1, s2: 1, s3: 2, beside: 1 })
    // Made anew, the stage's own result counts again.
    expect(await line.resume("r", { from: "s2" })).toMatchObject({ artifacts: { a2: 2, a3: 3 } })
  })

  test("runs a stage again whose version has changed, and what its new result changes", async () => {
    const stores = memoryStores()
    let isBroken = true
    const { line } = counted(stores, (name) => name === "s3" && isBroken)
    await expect(line.run({ one: 0 }, { runId: "r" })).rejects.toBeDefined()
    isBroken = false
    const newer = line.replace(
      "s1",
      step("s1", "one", "a1", (value) => Effect.succeed(value + 100), { version: "2" })
    )
    expect(await newer.resume("r")).toMatchObject({ artifacts: { a1: 100, a2: 101, a3: 102, b1: 101 } })
  })

  test("is replayed byte for byte without a stage being called", async () => {
    const stores = memoryStores()
    const { calls, line } = counted(stores)
    const bag = stage({
      name: "bag",
      version: "1",
      needs: { a3: z.number() },
      gives: { bag: z.record(z.string(), z.unknown()), bytes: z.instanceof(Uint8Array) },
      // Keys out of order, texts too long for a row, and bytes.
      run: ({ a3 }) => ({ bag: { z: a3, a: { 10: 1, 9: "é".repeat(4_000), $b: 0 } }, bytes: new Uint8Array([0, 255]) })
    })
    const whole = line.use(bag)
    const first = await whole.run({ one: 0 }, { runId: "r" })
    const before = calls.all()
    const again = await whole.replay("r")
    expect(JSON.stringify(again)).toBe(JSON.stringify(first))
    expect(again).toEqual(first)
    expect(calls.all()).toEqual(before)
  })

  test("keeps only JSON in the journal and everything long in the blob store", async () => {
    const journal = MemoryJournal.make()
    const blobs = MemoryBlobStore.make()
    const copy = stage({
      name: "copy",
      version: "1",
      needs: { document: z.instanceof(Uint8Array) },
      gives: { copied: z.instanceof(Uint8Array), text: z.string() },
      run: ({ document }) => ({ copied: document, text: "x".repeat(10_000) })
    })
    const line = pipeline("copy", { document: z.instanceof(Uint8Array) })
      .use(copy)
      .provide(Journal, journal)
      .provide(BlobStore, blobs)
    await line.run({ document: new Uint8Array(100_000) }, { runId: "r" })
    const rows = await Effect.runPromise(journal.read("r"))
    expect(JSON.parse(JSON.stringify(rows))).toEqual(rows)
    for (const row of rows) expect(JournalRow.parse(row)).toEqual(row)
    expect(JSON.stringify(rows).length).toBeLessThan(2_000)
  })

  test("can be replayed only when it is known, this pipeline's, and completed", async () => {
    const stores = memoryStores()
    const { line } = counted(stores, (name) => name === "s3")
    await expect(line.replay("r")).rejects.toMatchObject({ code: "not_found" })
    await expect(line.run({ one: 0 }, { runId: "r" })).rejects.toBeDefined()
    await expect(line.replay("r")).rejects.toMatchObject({ code: "conflict" })
    await expect(pipeline("other", {}).provide(stores).resume("r")).rejects.toMatchObject({ code: "conflict" })
  })

  test("numbers its events upwards over restarts", async () => {
    const { line } = counted(memoryStores())
    const events: Array<PipelineEvent> = []
    const onEvent = (event: PipelineEvent) => events.push(event)
    await line.run({ one: 0 }, { runId: "r", onEvent })
    await line.resume("r", { from: "s1", onEvent })
    await line.resume("r", { from: "s3", onEvent })
    for (const [index, { seq }] of events.entries()) expect(seq).toBeGreaterThan(events[index - 1]?.seq ?? 0)
  })

  test("takes up what was inside another stage without running it again", async () => {
    const stores = memoryStores()
    const calls = callCounter()
    let isBroken = true
    const inner = numbers
      .use(step("first", "one", "two", (value) => calls.giving("first", value + 1)))
      .use(
        step("second", "two", "three", (value) =>
          Effect.suspend(() => (isBroken ? Effect.die("broken") : Effect.succeed(value + 1)))
        )
      )
    const outer = pipeline("outer", { one: z.number() })
      .use(inner.asStage(["three"]))
      .provide(stores)
    await expect(outer.run({ one: 1 }, { runId: "r" })).rejects.toMatchObject({ stage: "numbers/second" })
    isBroken = false
    expect(await outer.resume("r")).toMatchObject({ artifacts: { three: 3 } })
    expect(calls.of("first")).toBe(1)
    await outer.resume("r", { from: "numbers/first" })
    expect(calls.of("first")).toBe(2)
  })
})

describe("a journal that fails", () => {
  it.live("fails the run as a store would, and the run can be taken up", () =>
    Effect.gen(function* () {
      const journal = MemoryJournal.make()
      let isDown = false
      const flaky: Journal["Service"] = {
        ...journal,
        append: (runId, row) =>
          isDown && row.kind === "finished"
            ? Effect.fail(new JournalError({ runId, isRetryable: false, cause: "down" }))
            : journal.append(runId, row)
      }
      const stores = Context.mergeAll(Context.make(Journal, flaky), Context.make(BlobStore, MemoryBlobStore.make()))
      const { calls, line } = counted(stores)
      isDown = true
      const exit = yield* Effect.exit(line.effect({ one: 0 }, { runId: "r" }))
      assert.isTrue(Exit.isFailure(exit))
      isDown = false
      const result = yield* line.effect.resume("r")
      assert.strictEqual(result.status, "completed")
      // What could not be put down was done again; nothing was skipped.
      assert.strictEqual(calls.of("s1"), 2)
    })
  )
})

describe("a review", () => {
  const asked = (stores: Context.Context<Journal | BlobStore>) => {
    const calls = callCounter()
    const line = numbers
      .use(step("read", "one", "blocks", (value) => calls.giving("read", value * 2)))
      .use(step("beside", "one", "b", (value) => calls.giving("beside", value)))
      .use(review({ of: "blocks", gives: "reviewed", schema: z.number(), when: (blocks) => blocks > 4 }))
      .use(step("save", "reviewed", "saved", (value) => calls.giving("save", value)))
      .provide(stores)
    return { calls, line }
  }

  test("lets through what nobody needs to look at", async () => {
    const { line } = asked(memoryStores())
    expect(await line.run({ one: 2 })).toMatchObject({ status: "completed", artifacts: { reviewed: 4, saved: 4 } })
  })

  test("rests until a person has answered, with everything else done", async () => {
    const { calls, line } = asked(memoryStores())
    const waiting = await line.run({ one: 3 }, { runId: "r" })
    expect(waiting).toMatchObject({ status: "waiting", waitingFor: ["review"], artifacts: { blocks: 6, b: 3 } })
    // Asking again changes nothing.
    expect(await line.resume("r")).toMatchObject({ status: "waiting" })
    await line.answer("r", "review", 7)
    expect(await line.resume("r")).toMatchObject({ status: "completed", artifacts: { reviewed: 7, saved: 7 } })
    expect(calls.all()).toEqual({ read: 1, beside: 1, save: 1 })
    expect(await line.replay("r")).toEqual(await line.resume("r"))
  })

  test("takes an answer that comes before the question", async () => {
    const { line } = asked(memoryStores())
    await line.answer("r", "review", 7)
    expect(await line.run({ one: 3 }, { runId: "r" })).toMatchObject({ status: "completed", artifacts: { saved: 7 } })
  })

  test("takes an answer that comes while the question is being put down", async () => {
    const journal = MemoryJournal.make()
    const blobs = MemoryBlobStore.make()
    const hurried: Journal["Service"] = {
      ...journal,
      append: (runId, row) =>
        row.kind === "waiting"
          ? Effect.andThen(
              Effect.promise(() => plain.answer("r", "review", 8)),
              journal.append(runId, row)
            )
          : journal.append(runId, row)
    }
    const stores = Context.make(BlobStore, blobs)
    const plain = asked(Context.mergeAll(stores, Context.make(Journal, journal))).line
    const { line } = asked(Context.mergeAll(stores, Context.make(Journal, hurried)))
    expect(await line.run({ one: 3 }, { runId: "r" })).toMatchObject({ status: "completed", artifacts: { saved: 8 } })
  })

  test("asks again about another reading", async () => {
    const { line } = asked(memoryStores())
    await line.run({ one: 3 }, { runId: "r" })
    await line.answer("r", "review", 7)
    expect(await line.resume("r", { with: { blocks: 100 } })).toMatchObject({ status: "waiting" })
    expect(await line.resume("r", { from: "read" })).toMatchObject({ status: "waiting" })
  })

  test("refuses an answer that does not fit, and one to a completed run", async () => {
    const { line } = asked(memoryStores())
    await line.run({ one: 3 }, { runId: "r" })
    await expect(line.answer("r", "review", "seven" as never)).rejects.toMatchObject({
      errorClass: "invalid_input",
      reason: { _tag: "ArtifactInvalid" }
    })
    await line.run({ one: 1 }, { runId: "done" })
    await expect(line.answer("done", "review", 7)).rejects.toMatchObject({ code: "conflict" })
  })
})
