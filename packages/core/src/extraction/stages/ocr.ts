import { Effect } from "effect"
import { type Tier, tiers } from "../../domain/Tier.ts"
import { OcrProvider } from "../../ocr/OcrProvider.ts"
import { stage } from "../../pipeline/defineStage.ts"
import { ClassifiedDocument } from "../artifacts/ClassifiedDocument.ts"
import { PagesArtifact, ReadPagesArtifact } from "../artifacts/PagesArtifact.ts"
import { SourceDocument } from "../artifacts/SourceDocument.ts"
import { reopenedDocument } from "../openDocument.ts"
import { type ReadPage, readPages } from "../readPages.ts"
import { toldOcr } from "../tiers/metered.ts"
import { atOnce } from "./atOnce.ts"
import type { ReadingLimits } from "./classification.ts"

/**
 * Reads from their images the pages whose own words do not tell what stands on them, by the `OcrProvider`. What one on
 * somebody else's machine gets to see is told as events.
 */
export const ocr = (options: ReadingLimits = {}) =>
  stage.effect({
    name: "ocr",
    version: "1",
    needs: { document: SourceDocument, classification: ClassifiedDocument, pages: PagesArtifact },
    gives: { readPages: ReadPagesArtifact },
    ...atOnce,
    notes: ({ readPages: read }) => notesOfPages(read),
    run: ({ classification, document, pages }, { call, progress }) =>
      Effect.scoped(
        Effect.gen(function* () {
          const reopened = yield* reopenedDocument(document, classification, pages, options)
          const engine = yield* OcrProvider
          const read = yield* Effect.provideService(
            readPages(reopened, (pagesRead) => progress(pagesRead / pages.length)),
            OcrProvider,
            engine.tier === "cloud_ocr" ? toldOcr(engine, call) : engine
          )
          return { readPages: read }
        })
      )
  })

/** Who has read the pages, and the highest tier among them. */
export const notesOfPages = (pages: ReadonlyArray<ReadPage>) => {
  const engine = pages
    .filter(({ tier }) => tier !== "native")
    .flatMap(({ page }) => page.words)
    .find(({ source }) => source === "ocr")?.engine
  const tier: Tier = tiers[Math.max(0, ...pages.map((page) => tiers.indexOf(page.tier)))] ?? "native"
  return { tier, ...(engine !== undefined && { ocrEngine: engine.replace("@", "-") }) }
}
