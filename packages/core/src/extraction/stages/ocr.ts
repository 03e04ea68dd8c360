import { Effect } from "effect"
import type { Word } from "../../document/Page.ts"
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
  const read = pages.filter(({ tier }) => tier !== "native").flatMap(({ page }) => page.words)
  const engines = enginesOf(read.filter(({ source }) => source === "ocr"))
  const tier: Tier = tiers[Math.max(0, ...pages.map((page) => tiers.indexOf(page.tier)))] ?? "native"
  return { tier, ...(engines.length > 0 && { ocrEngine: engines.join("+").replaceAll("@", "-") }) }
}

/** Who has read words, alone or with another, the most diligent first. */
const enginesOf = (words: ReadonlyArray<Word>): ReadonlyArray<string> => {
  const names = words.flatMap(({ engine }) => engine.split("+"))
  const byName = [...Map.groupBy(names, (name) => name)]
  return byName.toSorted(([, one], [, other]) => other.length - one.length).map(([name]) => name)
}
