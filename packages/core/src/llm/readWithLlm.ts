import { Effect, Ref } from "effect"
import type { Page, PageImage } from "../document/Page.ts"
import { halveImage } from "../image/resize.ts"
import { hashBytes, hashText } from "../pipeline/sha256.ts"
import { type Interpretation, interpretPages } from "../timetable/interpretPages.ts"
import { fenced, randomMark } from "./fence.ts"
import { groundAnswers } from "./grounding/groundAnswers.ts"
import { LlmError } from "./LlmError.ts"
import { LlmProvider, type LlmRequest, type PromptPart } from "./LlmProvider.ts"
import type { LlmReading } from "./LlmReading.ts"
import { addSpent, type LlmSpent, nothingSpent } from "./LlmSpent.ts"
import { LlmTimetable } from "./LlmTimetable.ts"
import { pageText } from "./pageText.ts"
import { hashPrompt, type ReadingPrompt, readingPrompt } from "./readingPrompt.ts"

/** What the caller of {@link readWithLlm} may set. */
export interface ReadWithLlmOptions {
  /** Upright pictures of pages, found by their number; used where the model takes images. Default none. */
  readonly images?: ReadonlyArray<PageImage>
  /** What the reading engine made of the same pages. Default: it is asked. */
  readonly offline?: Interpretation
  /** Default {@link readingPrompt}. */
  readonly prompt?: ReadingPrompt
  /** Pages asked about at once; the provider's own limits hold besides. Default 2. */
  readonly concurrency?: number
  /** The longer side that a picture is brought under before it is sent, in pixels. Default 2,400. */
  readonly imageSidePx?: number
}

/**
 * Reads a timetable with a language model: asks once for each page that has words, lets the model mend an answer that
 * does not fit the schema once, and keeps what the pages bear out. The model's own confidence is never asked for. An
 * `LlmError` tells what all calls have used up. Calls go through the `LlmProvider` alone, so that a provider wrapped in
 * a budget, retries or a cache holds for each of them.
 */
export const readWithLlm = Effect.fn("readWithLlm")(function* (
  pages: ReadonlyArray<Page>,
  {
    concurrency = 2,
    imageSidePx = 2_400,
    images = [],
    offline = interpretPages(pages),
    prompt = readingPrompt
  }: ReadWithLlmOptions = {}
): Effect.fn.Return<LlmReading, LlmError, LlmProvider> {
  const { capabilities, engine } = yield* LlmProvider
  const tally = yield* Ref.make<Tally>({ spent: nothingSpent, calls: 0, cachedCalls: 0 })
  // Nothing that a model says of a page without words could be held against it.
  const written = pages.filter(({ words }) => words.length > 0)
  const answers = yield* Effect.forEach(
    written,
    (page) =>
      Effect.gen(function* () {
        const image = capabilities.images && images.find(({ pageNumber }) => pageNumber === page.pageNumber)
        const request = yield* requestOf(page, image ? within(image, imageSidePx) : null, prompt)
        return { page, answer: yield* askTwice(request, tally) }
      }),
    { concurrency }
  ).pipe(
    Effect.catch((error) =>
      Effect.flatMap(Ref.get(tally), ({ spent }) =>
        Effect.fail(new LlmError({ engine: error.engine, reason: error.reason, spent }))
      )
    )
  )
  return {
    ...groundAnswers(answers, offline),
    ...(yield* Ref.get(tally)),
    engine,
    prompt: { version: prompt.version, hash: hashPrompt(prompt) }
  }
})

type Tally = Pick<LlmReading, "spent" | "calls" | "cachedCalls">

const requestOf = Effect.fnUntraced(function* (
  page: Page,
  image: PageImage | null,
  prompt: ReadingPrompt
): Effect.fn.Return<LlmRequest<LlmTimetable>> {
  const mark = yield* randomMark
  const text = pageText(page)
  const picture: ReadonlyArray<PromptPart> = image === null ? [] : [{ type: "image", image }]
  const question = prompt.question.replaceAll("{mark}", mark)
  const pixels = image === null ? null : yield* hashBytes(image.data)
  return {
    system: prompt.system,
    prompt: [...picture, { type: "text", text: `${question}\n\n${fenced(text, mark)}` }],
    schema: LlmTimetable,
    hashes: { content: hashText(JSON.stringify([text, pixels])), prompt: hashPrompt(prompt) }
  }
})

/** Asks, and when the answer does not fit asks once more with what the validator says of it. */
const askTwice = (
  request: LlmRequest<LlmTimetable>,
  tally: Ref.Ref<Tally>
): Effect.Effect<LlmTimetable, LlmError, LlmProvider> =>
  ask(request, tally).pipe(
    Effect.catch((error) => {
      const { reason } = error
      if (reason._tag !== "AnswerMalformed" && reason._tag !== "AnswerMismatch") return Effect.fail(error)
      const repair = { answer: reason.answer.slice(0, longestRepair), complaint: reason.complaint }
      const prompt = hashText(JSON.stringify([request.hashes.prompt, repair]))
      return ask({ ...request, repair, hashes: { ...request.hashes, prompt } }, tally)
    })
  )

/** Characters of an answer that are shown again; what is longer than this a model had better write anew. */
const longestRepair = 20_000

const ask = (
  request: LlmRequest<LlmTimetable>,
  tally: Ref.Ref<Tally>
): Effect.Effect<LlmTimetable, LlmError, LlmProvider> => {
  const count = (spent: LlmSpent, isCached: boolean) =>
    Ref.update(tally, (before) => ({
      spent: addSpent(before.spent, spent),
      calls: before.calls + 1,
      cachedCalls: before.cachedCalls + Number(isCached)
    }))
  return LlmProvider.use(({ generate }) => generate(request)).pipe(
    Effect.tapError(({ spent }) => count(spent ?? nothingSpent, false)),
    Effect.tap(({ isCached, spent }) => count(spent, isCached ?? false)),
    Effect.map(({ value }) => value)
  )
}

const within = (image: PageImage, sidePx: number): PageImage =>
  Math.max(image.widthPx, image.heightPx) > sidePx ? within(halveImage(image), sidePx) : image
