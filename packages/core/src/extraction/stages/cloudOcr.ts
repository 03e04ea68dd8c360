import { Effect } from "effect"
import { OcrProvider } from "../../ocr/OcrProvider.ts"
import { stage } from "../../pipeline/defineStage.ts"
import { fallback } from "../../provider/fallback.ts"
import { interpretPages } from "../../timetable/interpretPages.ts"
import { ClassifiedDocument } from "../artifacts/ClassifiedDocument.ts"
import { PagesArtifact, ReadPagesArtifact } from "../artifacts/PagesArtifact.ts"
import { SourceDocument } from "../artifacts/SourceDocument.ts"
import { reopenedDocument } from "../openDocument.ts"
import { type ReadPage, readPages } from "../readPages.ts"
import { agreedReading } from "../tiers/agreedReading.ts"
import type { CloudOcr } from "../tiers/CloudOcr.ts"
import { meteredOcr, unwrapped } from "../tiers/metered.ts"
import { type AnswerCache, rememberedOcr } from "../tiers/remembered.ts"
import { UntimedExtraction, validateExtraction } from "../validateExtraction.ts"
import { atOnce } from "./atOnce.ts"
import type { ReadingLimits } from "./classification.ts"
import { notesOfPages } from "./ocr.ts"

/**
 * Has the page images read by an engine on somebody else's machine, by the first of `engines` that answers, and holds
 * the two readings against each other. Pages that have words of their own are not sent anywhere; a document of such
 * pages alone costs nothing here and keeps its reading.
 */
export const cloudOcr = (engines: readonly [CloudOcr, ...Array<CloudOcr>], options: ReadingLimits & AnswerCache = {}) =>
  stage.effect({
    name: "cloudOcr",
    version: ["1", ...engines.map(({ ocr }) => ocr.engine)].join(" "),
    cost: "metered",
    jobStage: "ocr",
    needs: {
      document: SourceDocument,
      classification: ClassifiedDocument,
      pages: PagesArtifact,
      reading: UntimedExtraction,
      readingPages: ReadPagesArtifact
    },
    gives: { reading: UntimedExtraction, readingPages: ReadPagesArtifact },
    ...atOnce,
    notes: ({ reading: { confidence }, readingPages }) => ({ ...notesOfPages(readingPages), confidence }),
    run: ({ classification, document, pages, reading, readingPages }, { call, cached, progress }) =>
      Effect.scoped(
        Effect.gen(function* () {
          if (readingPages.every(({ tier }) => tier === "native")) return { reading, readingPages }
          const reopened = yield* reopenedDocument(document, classification, pages, options)
          const read = yield* fallback(engines, (engine) =>
            readPages(reopened, (pagesRead) => progress(pagesRead / pages.length)).pipe(
              Effect.provideService(
                OcrProvider,
                rememberedOcr(meteredOcr(engine, call), engine.provider, options.cache, cached)
              ),
              Effect.mapError((error) => (error._tag === "OcrError" ? unwrapped(error) : error))
            )
          )
          const cloudPages = read.map(asCloudPage)
          const { file } = document
          const { documentHash, documentType } = classification
          const interpretation = interpretPages(cloudPages.map(({ page }) => page))
          const parts = { file, documentHash, documentType, pages: cloudPages, interpretation }
          const cloudReading = yield* validateExtraction(parts)
          return { reading: agreedReading(cloudReading, reading), readingPages: cloudPages }
        })
      )
  })

const asCloudPage = ({ page, tier }: ReadPage): ReadPage => ({ page, tier: tier === "native" ? tier : "cloud_ocr" })
