import { assert, describe, it } from "@effect/vitest"
import {
  type Amount,
  BudgetExceeded,
  type ErrorClass,
  makeProviderGates,
  PipelineError,
  type PipelineEvent,
  ProviderGates,
  pipeline,
  stage
} from "@timegrid/core/pipeline"
import { Data, Effect, Exit, Fiber } from "effect"
import { TestClock } from "effect/testing"
import * as fc from "fast-check"
import { expect, test } from "vitest"
import * as z from "zod"
import { callCounter, memoryStores, step } from "./stages.ts"

class Fault extends Data.TaggedError("Fault")<{
  readonly errorClass: ErrorClass
  readonly retryAfterMs?: number
}> {}

const numbers = pipeline("numbers", { one: z.number() }).provide(ProviderGates, makeProviderGates())

/** Fails with each fault in turn, then gives 1. */
const failingWith = (...faults: ReadonlyArray<Fault>) => {
  let calls = 0
  return {
    calls: () => calls,
    work: () => {
      const fault = faults[calls++]
      return fault === undefined ? Effect.succeed(1) : Effect.fail(fault)
    }
  }
}

/** Runs with the clock moved on as far as it takes, and tells how long that was. */
const timed = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const fiber = yield* Effect.forkChild(Effect.exit(effect))
    let milliseconds = 0
    while (fiber.pollUnsafe() === undefined && milliseconds < 3_600_000) {
      yield* TestClock.adjust(50)
      milliseconds += 50
    }
    return { exit: yield* Fiber.join(fiber), milliseconds }
  })

describe("retries", () => {
  it.effect("follow transient failures, with growing delays that differ", () =>
    Effect.gen(function* () {
      const failing = failingWith(...Array.from({ length: 3 }, () => new Fault({ errorClass: "transient" })))
      const delays: Array<number> = []
      const onEvent = (event: PipelineEvent) => event.type === "stage:retried" && delays.push(event.delayMs)
      const { exit } = yield* timed(numbers.use(step("s", "one", "two", failing.work)).effect({ one: 0 }, { onEvent }))
      assert.isTrue(Exit.isSuccess(exit))
      assert.strictEqual(failing.calls(), 4)
      for (const [index, bound] of [200, 400, 800].entries()) {
        assert.isAtLeast(delays[index]!, bound / 2)
        assert.isAtMost(delays[index]!, bound)
      }
    })
  )

  it.effect("wait at least as long as a server asks, and not at all when it asks for too long", () =>
    Effect.gen(function* () {
      const patient = failingWith(new Fault({ errorClass: "rate_limited", retryAfterMs: 7_000 }))
      const waited = yield* timed(numbers.use(step("s", "one", "two", patient.work)).effect({ one: 0 }))
      assert.isTrue(Exit.isSuccess(waited.exit))
      assert.isAtLeast(waited.milliseconds, 7_000)

      const hopeless = failingWith(new Fault({ errorClass: "rate_limited", retryAfterMs: 600_000 }))
      const refused = yield* timed(numbers.use(step("s", "one", "two", hopeless.work)).effect({ one: 0 }))
      assert.isTrue(Exit.isFailure(refused.exit))
      assert.strictEqual(hopeless.calls(), 1)
    })
  )

  it.effect("never follow a refusal, an invalid input, a budget, a cancellation or a defect", () =>
    Effect.forEach(["refused", "invalid_input", "budget", "cancelled", "defect"] as const, (errorClass) =>
      Effect.gen(function* () {
        const fault = new Fault({ errorClass })
        const failing = failingWith(fault)
        const { exit } = yield* timed(numbers.use(step("s", "one", "two", failing.work)).effect({ one: 0 }))
        assert.deepStrictEqual(exit, Exit.fail(fault))
        assert.strictEqual(failing.calls(), 1)
      })
    )
  )

  it.effect("of a call are not made again by the stage around it", () =>
    Effect.gen(function* () {
      const failing = failingWith(...Array.from({ length: 100 }, () => new Fault({ errorClass: "transient" })))
      const calling = step("s", "one", "two", (_, { call }) =>
        call({ provider: "p", retry: { transientRetries: 1 } }, failing.work)
      )
      const { exit } = yield* timed(numbers.use(calling).effect({ one: 0 }))
      assert.isTrue(Exit.isFailure(exit))
      assert.strictEqual(failing.calls(), 2)
    })
  )
})

describe("a timeout", () => {
  it.effect("interrupts the attempt, which is made again and then fails", () =>
    Effect.gen(function* () {
      let interrupted = 0
      const endless = step(
        "endless",
        "one",
        "two",
        () => Effect.onInterrupt(Effect.never, () => Effect.sync(() => interrupted++)),
        { timeout: "1 second", retry: { transientRetries: 1 } }
      )
      const { exit } = yield* timed(numbers.use(endless).effect({ one: 0 }))
      const error = yield* Effect.flip(Effect.suspend(() => exit))
      assert.instanceOf(error, PipelineError)
      assert.strictEqual(error.code, "timeout")
      assert.strictEqual(interrupted, 2)
    })
  )

  it.effect("reaches a stage written with promises by its signal", () =>
    Effect.gen(function* () {
      let aborted = false
      const endless = stage({
        name: "endless",
        version: "1",
        needs: { one: z.number() },
        gives: { two: z.number() },
        timeout: "1 second",
        retry: { transientRetries: 0 },
        run: (_, { signal }) => new Promise<never>(() => signal.addEventListener("abort", () => (aborted = true)))
      })
      const { exit } = yield* timed(numbers.use(endless).effect({ one: 0 }))
      assert.isTrue(Exit.isFailure(exit))
      assert.isTrue(aborted)
    })
  )
})

describe("cancelling", () => {
  test("rejects as cancelled, stops what runs, and leaves the processor alone 100 ms later", async () => {
    const controller = new AbortController()
    const busy = stage({
      name: "busy",
      version: "1",
      needs: { one: z.number() },
      gives: { two: z.number() },
      run: async (_, { signal }) => {
        while (!signal.aborted) {
          const until = performance.now() + 5
          while (performance.now() < until);
          await new Promise((resolve) => setTimeout(resolve, 0))
        }
        return { two: 0 }
      }
    })
    const running = numbers.use(busy).run({ one: 0 }, { signal: controller.signal })
    setTimeout(() => controller.abort(), 50)
    await expect(running).rejects.toMatchObject({ code: "cancelled", reason: { _tag: "RunCancelled" } })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const before = process.cpuUsage()
    await new Promise((resolve) => setTimeout(resolve, 200))
    const { system, user } = process.cpuUsage(before)
    expect((system + user) / 1_000).toBeLessThan(40)
  })

  test("leaves a journalled run to be taken up again", async () => {
    const controller = new AbortController()
    let isSlow = true
    const line = numbers
      .use(step("first", "one", "two"))
      .use(step("slow", "two", "three", (value) => (isSlow ? Effect.never : Effect.succeed(value))))
      .provide(memoryStores())
    const running = line.run({ one: 0 }, { runId: "r", signal: controller.signal })
    setTimeout(() => controller.abort(), 20)
    await expect(running).rejects.toMatchObject({ code: "cancelled" })
    isSlow = false
    expect(await line.resume("r")).toMatchObject({ status: "completed" })
  })
})

const metered = <const Name extends string, const Needs extends string, const Gives extends string>(
  name: Name,
  needs: Needs,
  gives: Gives,
  atMost: Amount,
  cost: Amount | null = null,
  work: Effect.Effect<number, Fault> = Effect.succeed(1)
) =>
  step(
    name,
    needs,
    gives,
    (_, { call }) =>
      call({ provider: "vision", atMost, retry: { transientRetries: 0 } }, (charge) => {
        if (cost !== null) charge(cost)
        return work
      }),
    { cost: "metered", retry: { transientRetries: 0 } }
  )

describe("a budget", () => {
  it.effect("is reserved before the call and settled after with what it has cost", () =>
    Effect.gen(function* () {
      const line = numbers
        .use(metered("first", "one", "two", { usd: 0.3, pages: 1 }, { usd: 0.1, pages: 1 }))
        .use(metered("second", "two", "three", { usd: 0.3, pages: 1 }))
      const { report } = yield* line.effect({ one: 0 }, { budget: { usd: 0.4, pages: 2 } })
      assert.deepStrictEqual(report.spent, { vision: { usd: 0.4, pages: 2, seconds: 0 } })
    })
  )

  it.effect("refuses the call that would pass it, before it is made", () =>
    Effect.gen(function* () {
      const calls = callCounter()
      const line = numbers.use(metered("dear", "one", "two", { usd: 0.5 }, null, calls.giving("vision", 1)))
      const error = yield* Effect.flip(line.effect({ one: 0 }, { budget: { usd: 0.4 } }))
      assert.instanceOf(error, PipelineError)
      assert.deepStrictEqual(error.reason, new BudgetExceeded({ unit: "usd", limit: 0.4, committed: 0, wanted: 0.5 }))
      assert.strictEqual(calls.of("vision"), 0)
    })
  )

  it.effect("in dollars refuses a call whose price nobody knows, which runs without one may make", () =>
    Effect.gen(function* () {
      const unpriced = step(
        "unpriced",
        "one",
        "two",
        (_, { call }) =>
          call({ provider: "vision", isPriceUnknown: true }, (charge) =>
            Effect.sync(() => charge({ usd: 9 })).pipe(Effect.as(2))
          ),
        { cost: "metered" }
      )
      const line = numbers.use(unpriced)
      const error = yield* Effect.flip(line.effect({ one: 0 }, { budget: { usd: 10 } }))
      assert.instanceOf(error, PipelineError)
      assert.deepStrictEqual(error.reason, new BudgetExceeded({ unit: "usd", limit: 10, committed: 0, wanted: null }))
      const { report } = yield* line.effect({ one: 0 }, { budget: { pages: 1 } })
      assert.strictEqual(report.spent.vision?.usd, 9)
    })
  )

  it.effect("counts calls under way, so that stages at once cannot pass it together", () =>
    Effect.gen(function* () {
      const slow = Effect.delay(Effect.succeed(1), "1 second")
      const line = numbers
        .use(metered("left", "one", "l", { usd: 0.3 }, null, slow))
        .use(metered("right", "one", "r", { usd: 0.3 }, null, slow))
      const { exit } = yield* timed(line.effect({ one: 0 }, { budget: { usd: 0.5 } }))
      const error = yield* Effect.flip(Effect.suspend(() => exit))
      assert.strictEqual((error as PipelineError).code, "budget_exceeded")
    })
  )

  it.effect("of seconds ends a call that would take longer than is left", () =>
    Effect.gen(function* () {
      const line = numbers.use(metered("slow", "one", "two", {}, null, Effect.delay(Effect.succeed(1), "1 minute")))
      const { exit, milliseconds } = yield* timed(line.effect({ one: 0 }, { budget: { seconds: 10 } }))
      assert.isTrue(Exit.isFailure(exit))
      assert.isAtMost(milliseconds, 10_100)
    })
  )

  it.effect("holds over all sessions of a run", () =>
    Effect.gen(function* () {
      let isBroken = true
      const line = numbers
        .use(metered("paid", "one", "two", { usd: 0.3 }))
        .use(
          step("broken", "two", "three", (value) =>
            Effect.suspend(() => (isBroken ? Effect.die("broken") : Effect.succeed(value)))
          )
        )
        .use(metered("again", "three", "four", { usd: 0.3 }))
        .provide(memoryStores())
      yield* Effect.exit(line.effect({ one: 0 }, { runId: "r", budget: { usd: 0.5 } }))
      isBroken = false
      const error = yield* Effect.flip(line.effect.resume("r"))
      assert.strictEqual((error as PipelineError).code, "budget_exceeded")
      const result = yield* line.effect.resume("r", { budget: { usd: 0.6 } })
      assert.deepStrictEqual(result.report.spent, { vision: { usd: 0.6, pages: 0, seconds: 0 } })
    })
  )

  it.effect("counts a call in full that was cut off, and not one that was turned away", () =>
    Effect.gen(function* () {
      const spentBy = (fault: Fault) =>
        Effect.gen(function* () {
          const costs: Array<Amount> = []
          const onEvent = (event: PipelineEvent) => event.type === "provider:settled" && costs.push(event.cost)
          const line = numbers.use(metered("s", "one", "two", { usd: 0.3 }, null, Effect.fail(fault)))
          yield* Effect.exit(line.effect({ one: 0 }, { onEvent }))
          return costs
        })
      assert.deepStrictEqual(yield* spentBy(new Fault({ errorClass: "transient" })), [
        { usd: 0.3, pages: 0, seconds: 0 }
      ])
      assert.deepStrictEqual(yield* spentBy(new Fault({ errorClass: "refused" })), [{ usd: 0, pages: 0, seconds: 0 }])
    })
  )

  it.effect("is not for stages that say they are free", () =>
    Effect.gen(function* () {
      const lying = step("lying", "one", "two", (_, { call }) =>
        call({ provider: "vision", atMost: { usd: 0.01 } }, () => Effect.succeed(1))
      )
      const error = yield* Effect.flip(numbers.use(lying).effect({ one: 0 }))
      assert.strictEqual(error.errorClass, "defect")
    })
  )

  test("is never passed by sums that binary fractions cannot hold", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 99 }), async (calls, cents) => {
        const many = step(
          "many",
          "one",
          "two",
          (_, { call }) =>
            Effect.as(
              Effect.forEach(Array.from({ length: calls }), () =>
                call({ provider: "vision", atMost: { usd: cents / 100 } }, () => Effect.void)
              ),
              1
            ),
          { cost: "metered" }
        )
        const { report } = await numbers.use(many).run({ one: 0 }, { budget: { usd: (calls * cents) / 100 } })
        expect(report.spent.vision?.usd).toBe((calls * cents) / 100)
      })
    )
  })
})

describe("a provider", () => {
  it.effect("is called by no more at once than its limit, over all runs", () =>
    Effect.gen(function* () {
      let running = 0
      let most = 0
      const gates = makeProviderGates({ vision: { concurrency: 2 } })
      const work = Effect.gen(function* () {
        running += 1
        most = Math.max(most, running)
        yield* Effect.sleep("1 second")
        running -= 1
        return 1
      })
      const line = numbers.use(metered("s", "one", "two", {}, null, work)).provide(ProviderGates, gates)
      const { milliseconds } = yield* timed(
        Effect.forEach([1, 2, 3, 4, 5, 6], (one) => line.effect({ one }), { concurrency: "unbounded" })
      )
      assert.strictEqual(most, 2)
      assert.isAtLeast(milliseconds, 3_000)
    })
  )

  it.effect("that keeps failing is left alone for a while, then tried by one call", () =>
    Effect.gen(function* () {
      let calls = 0
      let isDown = true
      const work = Effect.suspend(() => {
        calls += 1
        return isDown ? Effect.fail(new Fault({ errorClass: "transient" })) : Effect.succeed(1)
      })
      const gates = makeProviderGates({ vision: { failures: 3, rest: "30 seconds" } })
      const line = numbers.use(metered("s", "one", "two", {}, null, work)).provide(ProviderGates, gates)
      const codes = Effect.map(Effect.result(line.effect({ one: 0 })), (result) =>
        result._tag === "Failure" ? (result.failure instanceof PipelineError ? result.failure.code : "its own") : "well"
      )
      assert.deepStrictEqual(yield* Effect.all([codes, codes, codes, codes]), [
        "its own",
        "its own",
        "its own",
        "unavailable"
      ])
      assert.strictEqual(calls, 3)
      yield* TestClock.adjust("30 seconds")
      // Still down: one trial, and it rests again.
      assert.deepStrictEqual(yield* Effect.all([codes, codes]), ["its own", "unavailable"])
      assert.strictEqual(calls, 4)
      isDown = false
      yield* TestClock.adjust("30 seconds")
      assert.deepStrictEqual(yield* Effect.all([codes, codes]), ["well", "well"])
    })
  )

  it.effect("has what it saw and what it cost told as events", () =>
    Effect.gen(function* () {
      const events: Array<PipelineEvent> = []
      const line = numbers.use(metered("s", "one", "two", { usd: 0.2 }, { usd: 0.1 }))
      yield* line.effect({ one: 0 }, { onEvent: (event) => events.push(event) })
      assert.deepInclude(
        events.find(({ type }) => type === "provider:called"),
        { stage: "s", provider: "vision", shown: null }
      )
      const settled = events.find((event) => event.type === "provider:settled")
      assert.deepStrictEqual(settled?.cost, { usd: 0.1, pages: 0, seconds: 0 })
    })
  )
})
