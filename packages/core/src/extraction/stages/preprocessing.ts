import { Effect } from "effect"
import { stage } from "../../pipeline/defineStage.ts"
import { ClassifiedDocument } from "../artifacts/ClassifiedDocument.ts"
import { PagesArtifact } from "../artifacts/PagesArtifact.ts"
import { SourceDocument } from "../artifacts/SourceDocument.ts"
import { openDocument } from "../openDocument.ts"
import { atOnce } from "./atOnce.ts"
import type { ReadingLimits } from "./classification.ts"

/** Opens a document and takes down what its pages say by themselves: words, rules, fills, and where images lie. */
export const preprocessing = (options: ReadingLimits = {}) =>
  stage.effect({
    name: "preprocessing",
    version: "1",
    needs: { document: SourceDocument, classification: ClassifiedDocument },
    gives: { pages: PagesArtifact },
    ...atOnce,
    notes: ({ pages }) => ({ pageCount: pages.length }),
    run: ({ classification, document }) =>
      Effect.scoped(Effect.map(openDocument(document, classification, options), ({ pages }) => ({ pages: pages })))
  })
