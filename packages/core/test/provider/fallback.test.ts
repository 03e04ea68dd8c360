import { assert, describe, it } from "@effect/vitest"
import {
  EngineUnavailable,
  fallback,
  fallbackOcr,
  OcrError,
  type OcrErrorReason,
  OcrProvider,
  type PageImage,
  RateLimited,
  RequestRejected,
  ResponseMalformed,
  ServiceTimedOut
} from "@timegrid/core"
import { type ErrorClass, makeProviderGates, ProviderGates, pipeline, stage } from "@timegrid/core/pipeline"
import { Data, Effect, Exit } from "effect"
import * as z from "zod"
import { wordOf } from "../ocr/words.ts"

class Failed extends Data.TaggedError("Failed")<{ readonly errorClass: ErrorClass; readonly by: string }> {}

/** Providers that fail with a class, or answer with their name where it is null. */
type Made = readonly [name: string, fails: ErrorClass | null]

const asking =
  (asked: Array<string>) =>
  ([name, errorClass]: Made) =>
    Effect.suspend(() => {
      asked.push(name)
      return errorClass === null ? Effect.succeed(name) : Effect.fail(new Failed({ errorClass, by: name }))
    })

describe("fallback", () => {
  it.effect.each(["transient", "rate_limited", "refused", "budget"] as const)("goes on after %s", (errorClass) =>
    Effect.gen(function* () {
      const asked: Array<string> = []
      const providers: readonly [Made, Made, Made] = [
        ["a", errorClass],
        ["b", null],
        ["c", null]
      ]
      assert.strictEqual(yield* fallback(providers, asking(asked)), "b")
      assert.deepStrictEqual(asked, ["a", "b"])
    })
  )

  it.effect.each(["invalid_input", "cancelled", "defect"] as const)("ends with %s", (errorClass) =>
    Effect.gen(function* () {
      const asked: Array<string> = []
      const providers: readonly [Made, Made] = [
        ["a", errorClass],
        ["b", null]
      ]
      const error = yield* Effect.flip(fallback(providers, asking(asked)))
      assert.strictEqual(error.by, "a")
      assert.deepStrictEqual(asked, ["a"])
    })
  )

  it.effect("fails as the last one does, and tells each step", () =>
    Effect.gen(function* () {
      const steps: Array<string> = []
      const providers: readonly [Made, Made, Made] = [
        ["a", "transient"],
        ["b", "refused"],
        ["c", "rate_limited"]
      ]
      const error = yield* Effect.flip(
        fallback(providers, asking([]), {
          onFallback: ({ error, from: [from], to: [to] }) =>
            Effect.sync(() => void steps.push(`${from} ${to} ${(error as Failed).by}`))
        })
      )
      assert.strictEqual(error.by, "c")
      assert.deepStrictEqual(steps, ["a b a", "b c b"])
    })
  )

  it.effect("goes on only after the classes that are named", () =>
    Effect.gen(function* () {
      const providers: readonly [Made, Made] = [
        ["a", "refused"],
        ["b", null]
      ]
      const error = yield* Effect.flip(fallback(providers, asking([]), { passes: ["transient"] }))
      assert.strictEqual(error.by, "a")
    })
  )

  it.effect("does not go on when a provider dies or is interrupted", () =>
    Effect.gen(function* () {
      for (const ends of [Effect.die("a fault"), Effect.interrupt]) {
        const asked: Array<number> = []
        const exit = yield* Effect.exit(
          fallback([0, 1], (each) =>
            Effect.andThen(
              Effect.sync(() => asked.push(each)),
              ends
            )
          )
        )
        assert.isTrue(Exit.isFailure(exit))
        assert.deepStrictEqual(asked, [0])
      }
    })
  )
})

const image: PageImage = { pageNumber: 3, widthPx: 2, heightPx: 1, channels: 1, data: new Uint8Array([0, 255]) }

const engineOf = (name: string, reason: OcrErrorReason | null, more: Partial<OcrProvider["Service"]> = {}) =>
  OcrProvider.of({
    engine: name,
    granularity: "page",
    concurrency: 2,
    recognize: () =>
      reason === null
        ? Effect.succeed([wordOf("Art", 0.9, name)])
        : Effect.fail(new OcrError({ engine: name, reason })),
    ...more
  })

describe("fallbackOcr", () => {
  it.effect.each([
    new RateLimited({ retryAfterMs: 60_000 }),
    new EngineUnavailable({ cause: "busy" }),
    new ServiceTimedOut({}),
    new RequestRejected({}),
    new ResponseMalformed({ cause: "no JSON" })
  ])("has the image read by the next engine after $_tag", (reason) =>
    Effect.gen(function* () {
      const ocr = fallbackOcr([engineOf("cloud", reason, { tier: "cloud_ocr" }), engineOf("local", null)])
      const words = yield* ocr.recognize(image)
      assert.deepStrictEqual(
        words.map(({ engine }) => engine),
        ["local"]
      )
      assert.deepStrictEqual([ocr.engine, ocr.tier, ocr.granularity], ["cloud|local", "cloud_ocr", "page"])
      assert.deepStrictEqual(fallbackOcr([engineOf("first", null), ocr]).cloudEngines, ["cloud"])
    })
  )

  it.effect("takes tables from the engine that makes them out, and words from one that does not", () =>
    Effect.gen(function* () {
      const reason = new EngineUnavailable({ cause: "busy" })
      const failing = engineOf("a", reason, {
        recognizePage: () => Effect.fail(new OcrError({ engine: "a", reason }))
      })
      const page = yield* fallbackOcr([failing, engineOf("b", null)]).recognizePage!(image)
      assert.deepStrictEqual(page, { words: [wordOf("Art", 0.9, "b")], tables: [] })
      assert.isUndefined(fallbackOcr([engineOf("a", null), engineOf("b", null)]).recognizePage)
    })
  )
})

/** Reads with the first of two providers that answers, each within the budget and behind its circuit breaker. */
const reading = (asked: Array<string>, fails: (name: string) => boolean) =>
  pipeline("reading", { page: z.string() }).use(
    stage.effect({
      name: "read",
      version: "1",
      cost: "metered",
      needs: { page: z.string() },
      gives: { reader: z.string() },
      retry: { transientRetries: 0 },
      run: (_, { call }) =>
        fallback(
          [
            { name: "dear", usd: 5 },
            { name: "cheap", usd: 1 }
          ],
          ({ name, usd }) =>
            call({ provider: name, atMost: { usd }, retry: { transientRetries: 0 } }, () =>
              Effect.suspend(() => {
                asked.push(name)
                const error = new OcrError({ engine: name, reason: new EngineUnavailable({ cause: "down" }) })
                return fails(name) ? Effect.fail(error) : Effect.succeed({ reader: name })
              })
            )
        )
    })
  )

describe("fallback inside a pipeline", () => {
  it.effect("passes over a provider whose price passes the budget, without asking it", () =>
    Effect.gen(function* () {
      const asked: Array<string> = []
      const run = yield* reading(asked, () => false).effect({ page: "p" }, { budget: { usd: 2 } })
      assert.strictEqual(run.artifacts.reader, "cheap")
      assert.deepStrictEqual(asked, ["cheap"])
      assert.deepStrictEqual(Object.keys(run.report.spent), ["cheap"])
    })
  )

  it.effect("passes over a provider whose circuit is open, without asking it", () =>
    Effect.gen(function* () {
      const asked: Array<string> = []
      const gates = makeProviderGates({ dear: { failures: 2 } })
      const runs = reading(asked, (name) => name === "dear")
      for (let times = 0; times < 3; times++) {
        const run = yield* runs.effect({ page: "p" }).pipe(Effect.provideService(ProviderGates, gates))
        assert.strictEqual(run.artifacts.reader, "cheap")
      }
      assert.deepStrictEqual(asked, ["dear", "cheap", "dear", "cheap", "cheap"])
    })
  )
})
