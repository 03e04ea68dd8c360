/** Ten thousand runs in which everything goes wrong that can, and what must hold of each of them. */
import { assert, it } from "@effect/vitest"
import { BlobStore, MemoryBlobStore } from "@timegrid/core"
import {
  type EffectStageContext,
  type ErrorClass,
  firstThat,
  Journal,
  JournalError,
  MemoryJournal,
  makeProviderGates,
  PipelineError,
  ProviderGates,
  pipeline,
  review
} from "@timegrid/core/pipeline"
import { Context, Data, Effect, Exit, Fiber } from "effect"
import { TestClock } from "effect/testing"
import { afterAll, beforeAll } from "vitest"
import * as z from "zod"
import { step } from "./stages.ts"

const runs = 10_000
const budget = { usd: 0.5, pages: 6, seconds: 120 } as const

class Fault extends Data.TaggedError("Fault")<{ readonly errorClass: ErrorClass; readonly retryAfterMs?: number }> {}

/** Numbers from 0 to 1 that are the same on every machine (mulberry32). */
const randomFrom = (seed: number) => {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** What stands around one run: its luck, and the books of those whom it calls. */
class World extends Context.Service<
  World,
  {
    readonly random: () => number
    /** The stages whose results are journalled. */
    readonly journalled: Set<string>
    /** Stages that ran although their results were journalled. */
    readonly ranTwice: Array<string>
    readonly spent: { usd: number; pages: number }
  }
>()("test/World") {}

const makeWorld = (seed: number): World["Service"] => ({
  random: randomFrom(seed),
  journalled: new Set(),
  ranTwice: [],
  spent: { usd: 0, pages: 0 }
})

/** A journal that fails now and then, and that nobody hears any more once its process is killed. */
const makeJournal = ({ journalled, random }: World["Service"]) => {
  const journal = MemoryJournal.make()
  let isDead = false
  const failing: Journal["Service"] = {
    ...journal,
    append: (runId, row) =>
      Effect.suspend(() => {
        if (isDead) return Effect.die("killed")
        const luck = random()
        const lost = new JournalError({ runId, isRetryable: luck < 0.02, cause: "connection lost" })
        if (luck < 0.01 || (luck > 0.02 && luck < 0.023)) return Effect.fail(lost)
        if (row.kind === "finished") journalled.add(row.record.stage)
        // Now and then the row is there, but the journal does not live to say so.
        return Effect.andThen(journal.append(runId, row), luck < 0.02 ? Effect.fail(lost) : Effect.void)
      })
  }
  return {
    journal: failing,
    setDead: (dead: boolean) => {
      isDead = dead
    }
  }
}

const misfortune = ({ random }: World["Service"]): Effect.Effect<void, Fault> => {
  const luck = random()
  if (luck < 0.15) return Effect.sleep(Math.floor(random() * 300))
  if (luck < 0.7) return Effect.void
  if (luck < 0.8) return Effect.fail(new Fault({ errorClass: "transient" }))
  if (luck < 0.85)
    return Effect.fail(new Fault({ errorClass: "rate_limited", retryAfterMs: Math.floor(random() * 5_000) }))
  if (luck < 0.88) return Effect.fail(new Fault({ errorClass: "refused" }))
  if (luck < 0.89) return Effect.fail(new Fault({ errorClass: "invalid_input" }))
  if (luck < 0.92) return Effect.die(new Error("broken"))
  if (luck < 0.94)
    return Effect.sync(() => {
      throw new TypeError("thrown")
    })
  return luck < 0.97 ? Effect.never : Effect.sleep(20_000)
}

const working = (path: string) => (value: number) =>
  World.use((world) => {
    if (world.journalled.has(path)) world.ranTwice.push(path)
    return Effect.as(misfortune(world), value + 1)
  })

const calling =
  (path: string, provider: string, atMost: { readonly usd: number; readonly pages: number }) =>
  (value: number, { call }: EffectStageContext) =>
    call({ provider, atMost, timeout: "4 seconds" }, (charge) =>
      World.use(({ random, spent }) => {
        // The provider's own books: it bills what it has begun, unless it turns the call away.
        const says = random() < 0.8
        const usd = says && random() < 0.5 ? atMost.usd / 2 : atMost.usd
        if (says) charge({ ...atMost, usd })
        const bill = (sign: 1 | -1) => {
          spent.usd += sign * usd
          spent.pages += sign * atMost.pages
        }
        bill(1)
        return Effect.tapError(working(path)(value), ({ errorClass }) =>
          Effect.sync(() => {
            if (!says && errorClass !== "transient") bill(-1)
          })
        )
      })
    )

/** A rung whose result is good enough every other time: then it is a whole number. */
const rung = <const Name extends string>(name: Name, provider: string, usd: number) => {
  const called = calling(`improve/${name}`, provider, { usd, pages: 1 })
  return step(
    name,
    "b",
    "c",
    (value, context) =>
      Effect.flatMap(called(value, context), (better) =>
        World.useSync(({ random }) => better + Math.round(random()) / 2)
      ),
    metered
  )
}

const timeout = { timeout: "5 seconds" } as const
const metered = { cost: "metered", timeout: "30 seconds" } as const
const line = pipeline("six", { one: z.number() })
  .use(step("classify", "one", "a", working("classify"), timeout))
  .use(step("read", "a", "b", calling("read", "vision", { usd: 0.05, pages: 1 }), metered))
  .use(step("beside", "a", "side", working("beside"), timeout))
  .use(
    firstThat("improve", [rung("cheap", "small", 0.02), rung("dear", "large", 0.2)], {
      score: ({ c }) => Number(Number.isInteger(c)),
      atLeast: 1
    })
  )
  .use(review({ of: "c", gives: "d", schema: z.number(), when: (c) => Math.floor(c) % 3 === 0 }))
  .use(step("save", "d", "e", working("save"), timeout))
  // One set for all runs, as in a process: breakers open and close, and calls wait their turn.
  .provide(
    ProviderGates,
    makeProviderGates({
      vision: { concurrency: 200, failures: 50, rest: "1 second" },
      small: { concurrency: 200, failures: 50, rest: "1 second" },
      large: { concurrency: 200, failures: 50, rest: "1 second" }
    })
  )

/** Takes one run through failures, kills and answers until it ends, or has been taken up often enough. */
const live = Effect.fnUntraced(function* (seed: number) {
  const world = makeWorld(seed)
  const { journal, setDead } = makeJournal(world)
  const services = Context.mergeAll(
    Context.make(World, world),
    Context.make(Journal, journal),
    Context.make(BlobStore, MemoryBlobStore.make())
  )
  const run = Effect.provideContext(line.effect({ one: seed }, { runId: "r", budget }), services)
  for (let session = 0; ; session++) {
    setDead(false)
    const fiber = yield* Effect.forkChild(Effect.exit(run))
    if (world.random() < 0.15) {
      yield* Effect.sleep(Math.floor(world.random() * 1_500))
      if (fiber.pollUnsafe() === undefined) {
        setDead(true)
        yield* Fiber.interrupt(fiber)
        continue
      }
    }
    const exit = yield* Fiber.join(fiber)
    if (Exit.isSuccess(exit)) {
      if (exit.value.status === "completed") return { world, end: "completed" as const }
      if (world.random() < 0.3) return { world, end: "waiting" as const }
      yield* Effect.ignore(Effect.provideContext(line.effect.answer("r", "review", seed), services))
      continue
    }
    const error = yield* Effect.flip(Effect.suspend(() => exit))
    if (!(error instanceof PipelineError || error instanceof Fault)) return { world, end: error }
    if (session >= 2) return { world, end: "failed" as const }
  }
})

// A hundred thousand errors are made, and nobody reads where.
const { stackTraceLimit } = Error
beforeAll(() => {
  Error.stackTraceLimit = 0
})
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit
})

it.effect(
  `${runs.toLocaleString("en")} runs with faults end each as completed, failed by a typed error, or waiting`,
  () =>
    Effect.gen(function* () {
      const ends = { completed: 0, failed: 0, waiting: 0 }
      for (let from = 0; from < runs; from += 1_000) {
        const seeds = Array.from({ length: 1_000 }, (_, index) => from + index)
        const fiber = yield* Effect.forkChild(Effect.forEach(seeds, live, { concurrency: "unbounded" }))
        while (fiber.pollUnsafe() === undefined) yield* TestClock.adjust("1 second")
        for (const { end, world } of yield* Fiber.join(fiber)) {
          assert.isTrue(end === "completed" || end === "failed" || end === "waiting", String(end))
          if (end === "completed" || end === "failed" || end === "waiting") ends[end] += 1
          assert.deepStrictEqual(world.ranTwice, [], "no stage ran after its result was journalled")
          assert.isAtMost(world.spent.usd, budget.usd + 1e-9)
          assert.isAtMost(world.spent.pages, budget.pages)
        }
      }
      assert.strictEqual(ends.completed + ends.failed + ends.waiting, runs)
      for (const count of Object.values(ends)) assert.isAbove(count, runs / 100)
    })
)
