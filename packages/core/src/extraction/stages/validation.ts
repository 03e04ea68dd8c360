import { Effect } from "effect"
import { stage } from "../../pipeline/defineStage.ts"
import { ClassifiedDocument } from "../artifacts/ClassifiedDocument.ts"
import { InterpretationArtifact } from "../artifacts/InterpretationArtifact.ts"
import { ReadPagesArtifact } from "../artifacts/PagesArtifact.ts"
import { SourceDocument } from "../artifacts/SourceDocument.ts"
import { UntimedExtraction, validateExtraction } from "../validateExtraction.ts"
import { atOnce } from "./atOnce.ts"

/** Puts the result of the offline reading together and holds it against its schema. */
export const validation = () =>
  stage.effect({
    name: "validation",
    version: "1",
    needs: {
      document: SourceDocument,
      classification: ClassifiedDocument,
      readPages: ReadPagesArtifact,
      interpretation: InterpretationArtifact
    },
    gives: { offlineReading: UntimedExtraction },
    ...atOnce,
    notes: ({ offlineReading: { confidence, tier } }) => ({ confidence, tier }),
    run: ({ classification: { documentHash, documentType }, document: { file }, interpretation, readPages }) =>
      Effect.map(
        validateExtraction({ file, documentHash, documentType, pages: readPages, interpretation }),
        (offlineReading) => ({ offlineReading })
      )
  })
