import { assert, layer } from "@effect/vitest"
import { type LlmCapabilities, type LlmError, LlmProvider, type LlmRequest } from "@timegrid/core"
import { Duration, Effect, Fiber, type Layer } from "effect"
import * as z from "zod"
import { lineOfText } from "./pages.ts"
import { watchResources } from "./resources.ts"

/** What the service behind an engine must do with a question of the contract. */
export type LlmContractBehaviour =
  | "answers"
  | "answers in prose"
  | "answers with another shape"
  | "answers at great length"
  | "is cut off by its limit"
  | "refuses"
  | "breaks off"
  | "asks to wait 7 seconds"
  | "asks to wait"
  | "fails"
  | "is overloaded"
  | "takes no key"
  | "has no money"
  | "is silent"

/** The answer that fits the schema of the contract's question. */
export const llmContractAnswer = { lesson: "Maths", minutes: 45 } as const

/** How one engine's contract is run. */
export interface LlmContractOptions {
  /** The engine over a service that behaves so, and as the engine is without what it is told to lack. */
  readonly provider: (
    behaviour: LlmContractBehaviour,
    capabilities?: Partial<LlmCapabilities>
  ) => Layer.Layer<LlmProvider>
  /** What is counted for one answer, as the service says it. */
  readonly tokens: { readonly inputTokens: number; readonly outputTokens: number }
  /** For building the layer, and for each test. Default one minute. */
  readonly timeout?: Duration.Input
}

const request: LlmRequest<{ readonly lesson: string; readonly minutes: number }> = {
  system: "Name the lesson and how long it takes.",
  prompt: [{ type: "text", text: "Maths, three quarters of an hour" }],
  schema: z.object({ lesson: z.string(), minutes: z.int() }),
  hashes: { content: "00", prompt: "00" }
}

const withImage: typeof request = {
  ...request,
  prompt: [...request.prompt, { type: "image", image: lineOfText.image }]
}

const ask = (question: typeof request) => LlmProvider.use(({ generate }) => generate(question))

interface Expected {
  readonly code: string
  readonly reason: LlmError["reason"]["_tag"]
  readonly isRetryable: boolean
  /** Whether the service says what the answer has used up. */
  readonly isCounted: boolean
}

const failures: ReadonlyArray<readonly [LlmContractBehaviour, Expected]> = [
  ["answers in prose", { code: "schema_mismatch", reason: "AnswerMalformed", isRetryable: false, isCounted: true }],
  [
    "answers with another shape",
    { code: "schema_mismatch", reason: "AnswerMismatch", isRetryable: false, isCounted: true }
  ],
  ["answers at great length", { code: "truncated", reason: "AnswerTooLong", isRetryable: false, isCounted: false }],
  ["is cut off by its limit", { code: "truncated", reason: "AnswerTruncated", isRetryable: false, isCounted: true }],
  ["refuses", { code: "refused", reason: "AnswerRefused", isRetryable: false, isCounted: true }],
  ["breaks off", { code: "unavailable", reason: "ServiceUnavailable", isRetryable: true, isCounted: false }],
  ["asks to wait 7 seconds", { code: "rate_limited", reason: "RateLimited", isRetryable: true, isCounted: false }],
  ["asks to wait", { code: "rate_limited", reason: "RateLimited", isRetryable: true, isCounted: false }],
  ["fails", { code: "unavailable", reason: "ServiceUnavailable", isRetryable: true, isCounted: false }],
  ["is overloaded", { code: "unavailable", reason: "ServiceUnavailable", isRetryable: true, isCounted: false }],
  ["takes no key", { code: "refused", reason: "AuthenticationFailed", isRetryable: false, isCounted: false }],
  ["has no money", { code: "budget_exceeded", reason: "QuotaExhausted", isRetryable: false, isCounted: false }]
]

/**
 * The promises that every adapter of language models keeps; its contract test is one call over a service of its own on
 * the loopback interface (`@timegrid/testing/loopback` has them). Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * llmProviderContract("anthropic", { provider: (behaviour) => layerOver(loopbackThat(behaviour)), tokens })
 */
export const llmProviderContract = (
  name: string,
  { provider, timeout: limit = "1 minute", tokens }: LlmContractOptions
): void => {
  const timeout = Duration.toMillis(Duration.fromInputUnsafe(limit))
  const suite = (behaviour: LlmContractBehaviour, capabilities: Partial<LlmCapabilities> = {}) =>
    layer(provider(behaviour, capabilities), { timeout: limit, excludeTestServices: true })

  suite("answers")(`LlmProvider contract: ${name}`, (it) => {
    it.effect(
      "an answer fits the schema, with what it has used up",
      () =>
        Effect.gen(function* () {
          const { spent, value } = yield* ask(request)
          assert.deepStrictEqual(value, llmContractAnswer)
          assert.deepStrictEqual({ inputTokens: spent.inputTokens, outputTokens: spent.outputTokens }, tokens)
        }),
      timeout
    )

    it.effect(
      "says who answers, and what an answer can cost at most",
      () =>
        Effect.gen(function* () {
          const llm = yield* LlmProvider
          assert.strictEqual(llm.engine, `${llm.provider}:${llm.model}`)
          assert.match(llm.version, /^.+@\d+$/)
          const atMost = llm.costAtMost(request)
          const { spent } = yield* llm.generate(request)
          if (atMost === null) assert.isNull(spent.costUsd)
          else assert.isTrue(spent.costUsd !== null && spent.costUsd <= atMost, `${spent.costUsd} of ${atMost}`)
        }),
      timeout
    )

    it.effect(
      "a text to mend is sent with what was wrong with it",
      () =>
        Effect.gen(function* () {
          const { value } = yield* ask({ ...request, repair: { answer: "", complaint: "no JSON" } })
          assert.deepStrictEqual(value, llmContractAnswer)
        }),
      timeout
    )

    it.effect(
      "an image is looked at where the model says it can",
      () =>
        Effect.gen(function* () {
          const { capabilities } = yield* LlmProvider
          if (capabilities.images) assert.deepStrictEqual((yield* ask(withImage)).value, llmContractAnswer)
          else assert.strictEqual((yield* Effect.flip(ask(withImage))).reason._tag, "CapabilityMissing")
        }),
      timeout
    )

    it.effect(
      "several callers each get their answer",
      () =>
        Effect.gen(function* () {
          const answers = yield* Effect.all(
            Array.from({ length: 8 }, () => ask(request)),
            { concurrency: "unbounded" }
          )
          for (const { value } of answers) assert.deepStrictEqual(value, llmContractAnswer)
        }),
      timeout
    )
  })

  suite("answers", { images: false, jsonSchema: false })(`LlmProvider contract: ${name}, with less`, (it) => {
    it.effect(
      "an image fails with CapabilityMissing, and costs nothing",
      () =>
        Effect.gen(function* () {
          const error = yield* Effect.flip(ask(withImage))
          assert.strictEqual(error.reason._tag, "CapabilityMissing")
          assert.isNull(error.spent)
        }),
      timeout
    )

    it.effect(
      "an answer fits the schema all the same",
      () =>
        Effect.gen(function* () {
          assert.deepStrictEqual((yield* ask(request)).value, llmContractAnswer)
        }),
      timeout
    )
  })

  for (const [behaviour, { code, isCounted, isRetryable, reason }] of failures) {
    suite(behaviour)(`LlmProvider contract: ${name} that ${behaviour}`, (it) => {
      it.effect(
        `fails with ${reason}`,
        () =>
          Effect.gen(function* () {
            const { engine } = yield* LlmProvider
            const error = yield* Effect.flip(ask(request))
            assert.strictEqual(error._tag, "LlmError")
            assert.deepStrictEqual([error.reason._tag, error.code, error.isRetryable], [reason, code, isRetryable])
            assert.strictEqual(error.engine, engine)
            if (isCounted) assert.strictEqual(error.spent?.outputTokens, tokens.outputTokens)
            const wait = "retryAfterMs" in error.reason ? error.reason.retryAfterMs : undefined
            assert.strictEqual(wait, behaviour === "asks to wait 7 seconds" ? 7_000 : undefined)
          }),
        timeout
      )
    })
  }

  suite("is silent")(`LlmProvider contract: ${name} that is silent`, (it) => {
    it.effect(
      "an interrupted call is over at once and leaves nothing open",
      () =>
        Effect.gen(function* () {
          const open = yield* watchResources
          for (const delay of [0, 50]) {
            const fiber = yield* Effect.forkChild(ask(request))
            yield* Effect.sleep(delay)
            const [took] = yield* Effect.timed(Fiber.interrupt(fiber))
            assert.isBelow(Duration.toMillis(took), 500)
          }
          yield* Effect.sleep(100)
          assert.deepStrictEqual(yield* open, { threads: 0, handles: [] })
        }),
      timeout
    )
  })
}
