import { Effect } from "effect"
import { type Tier, tiers } from "../../domain/Tier.ts"
import { stage } from "../../pipeline/defineStage.ts"
import { ClassifiedDocument } from "../artifacts/ClassifiedDocument.ts"
import { PagesArtifact, ReadPagesArtifact } from "../artifacts/PagesArtifact.ts"
import { SourceDocument } from "../artifacts/SourceDocument.ts"
import { reopenedDocument } from "../openDocument.ts"
import { type ReadPage, readPages } from "../readPages.ts"
import { atOnce } from "./atOnce.ts"
import type { ReadingLimits } from "./classification.ts"

export const ocr = (options: ReadingLimits = {}) =>
  stage.effect({
    name: "ocr",
    version: "1",
    needs: { document: SourceDocument, classification: ClassifiedDocument, pages: PagesArtifact },
    gives: { readPages: ReadPagesArtifact },
    ...atOnce,
    notes: ({ readPages: read }) => notesOfPages(read),
    run: ({ classification, document, pages }, { progress }) =>
      Effect.scoped(
        Effect.gen(function* () {
          const reopened = yield* reopenedDocument(document, classification, pages, options)
          const read = yield* readPages(reopened, (pagesRead) => progress(pagesRead / pages.length))
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
