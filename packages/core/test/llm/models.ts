/** Models of tests, which answer what they are told to. */
import { Effect } from "effect"
import type * as z from "zod"
import type { Page } from "../../src/document/Page.ts"
import { LlmError, type LlmErrorReason } from "../../src/llm/LlmError.ts"
import { type LlmAnswer, LlmProvider, type LlmRequest } from "../../src/llm/LlmProvider.ts"
import type { LlmTimeblock, LlmTimetable } from "../../src/llm/LlmTimetable.ts"
import { type ReadWithLlmOptions, readWithLlm } from "../../src/llm/readWithLlm.ts"

export const noMetadata: LlmTimetable["metadata"] = {
  schoolName: null,
  className: null,
  teacher: null,
  term: null,
  year: null
}

export const spentOnce = { inputTokens: 1_000, outputTokens: 200, costUsd: 0.002 }

/** What a model does with a request; a reason is what it fails with. */
export type Answerer = (request: LlmRequest<unknown>, index: number) => LlmTimetable | LlmErrorReason

const isAnswer = (said: LlmTimetable | LlmErrorReason): said is LlmTimetable => "timeblocks" in said

/** A provider that answers so, and all that it was asked. */
export const modelThat = (answer: Answerer, images = false) => {
  const requests: Array<LlmRequest<unknown>> = []
  const engine = "made:model"
  const provider = LlmProvider.of({
    engine,
    provider: "made",
    model: "model",
    version: "made@1",
    capabilities: { images, jsonSchema: true },
    parameters: {},
    costAtMost: () => null,
    generate: <A>(request: LlmRequest<A>): Effect.Effect<LlmAnswer<A>, LlmError> =>
      Effect.suspend(() => {
        requests.push(request)
        const said = answer(request, requests.length - 1)
        return isAnswer(said)
          ? Effect.succeed({ value: (request.schema as z.ZodType<A>).parse(said), spent: spentOnce })
          : Effect.fail(new LlmError({ engine, reason: said, spent: spentOnce }))
      })
  })
  return { provider, requests }
}

/** What comes of pages when a model answers each with these blocks. */
export const readingOf = (
  pages: ReadonlyArray<Page>,
  timeblocks: ReadonlyArray<LlmTimeblock>,
  metadata = noMetadata,
  options: ReadWithLlmOptions = {}
) => {
  const { provider } = modelThat(() => ({ metadata, timeblocks: [...timeblocks] }))
  return Effect.runSync(Effect.provideService(readWithLlm(pages, options), LlmProvider, provider))
}
