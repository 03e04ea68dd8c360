import { Effect } from "effect"
import type { DocumentError } from "../../document/DocumentError.ts"
import type { OpenDocument } from "../../document/DocumentReader.ts"
import type { Page, PageImage } from "../../document/Page.ts"
import { LlmProvider } from "../../llm/LlmProvider.ts"
import type { LlmReading } from "../../llm/LlmReading.ts"
import { hashPrompt, readingPrompt } from "../../llm/readingPrompt.ts"
import { readWithLlm } from "../../llm/readWithLlm.ts"
import { stage } from "../../pipeline/defineStage.ts"
import { fallback } from "../../provider/fallback.ts"
import { ClassifiedDocument } from "../artifacts/ClassifiedDocument.ts"
import { ReadPagesArtifact } from "../artifacts/PagesArtifact.ts"
import { SourceDocument } from "../artifacts/SourceDocument.ts"
import { reopenedDocument } from "../openDocument.ts"
import { meteredLlm, unwrapped } from "../tiers/metered.ts"
import { type AnswerCache, rememberedLlm } from "../tiers/remembered.ts"
import { UntimedExtraction } from "../validateExtraction.ts"
import { atOnce } from "./atOnce.ts"
import type { ReadingLimits } from "./classification.ts"

/**
 * Has the document read by a language model, the first of `models` that answers, and keeps what its pages bear out: see
 * `readWithLlm`. Models that take images are shown the pages as well.
 */
export const llm = (
  models: readonly [LlmProvider["Service"], ...Array<LlmProvider["Service"]>],
  options: ReadingLimits & AnswerCache = {}
) =>
  stage.effect({
    name: "llm",
    version: ["1", hashPrompt(readingPrompt).slice(0, shortHash), ...models.map(({ engine }) => engine)].join(" "),
    cost: "metered",
    tier: "llm",
    needs: {
      document: SourceDocument,
      classification: ClassifiedDocument,
      reading: UntimedExtraction,
      readingPages: ReadPagesArtifact
    },
    gives: { reading: UntimedExtraction, readingPages: ReadPagesArtifact },
    retry: atOnce.retry,
    notes: ({ reading: { confidence } }) => ({ confidence }),
    run: ({ classification, document, reading, readingPages }, { call, cached }) =>
      Effect.scoped(
        Effect.gen(function* () {
          const pages = readingPages.map(({ page }) => page)
          const reopened = yield* reopenedDocument(document, classification, pages, options)
          const answer = yield* fallback(models, (model) =>
            Effect.gen(function* () {
              const images = model.capabilities.images ? yield* picturesOf(reopened, pages) : []
              return yield* readWithLlm(pages, { images, offline: reading }).pipe(
                Effect.provideService(LlmProvider, rememberedLlm(meteredLlm(model, call), options.cache, cached)),
                Effect.mapError(unwrapped)
              )
            })
          )
          return { reading: answeredReading(reading, answer), readingPages }
        })
      )
  })

/** Digits of a hash that tell prompts apart in a version. */
const shortHash = 12

/** Pixels of the longer side of a picture at most: small print stays legible, and fifty pages fit into memory. */
const pictureSidePx = 1_600

const picturesOf = (
  document: OpenDocument,
  pages: ReadonlyArray<Page>
): Effect.Effect<ReadonlyArray<PageImage>, DocumentError> => {
  // Nobody is asked about a page without words.
  const written = pages.filter(({ words }) => words.length > 0)
  const pictures = Effect.forEach(written, ({ heightPx, pageNumber, widthPx }) =>
    document.render(pageNumber, { scale: Math.min(1, pictureSidePx / Math.max(widthPx, heightPx)) }).pipe(
      Effect.map((image) => [image]),
      // The text of a Word file has no pixels.
      Effect.catchIf(
        ({ code }) => code === "unsupported_type",
        () => Effect.succeed([])
      )
    )
  )
  return Effect.map(pictures, (images) => images.flat())
}

const answeredReading = (
  { documentHash, documentType, file, pages, schemaVersion }: UntimedExtraction,
  { confidence, markers, metadata, timeblocks, warnings }: LlmReading
): UntimedExtraction => ({
  ...{ schemaVersion, file, documentHash, documentType, pages },
  ...{ metadata, timeblocks, markers, confidence, warnings },
  tier: "llm"
})
