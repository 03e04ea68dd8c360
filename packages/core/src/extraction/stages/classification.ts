import { Effect } from "effect"
import { defaultLimits, type Limits } from "../../document/Limits.ts"
import { stage } from "../../pipeline/defineStage.ts"
import { ClassifiedDocument } from "../artifacts/ClassifiedDocument.ts"
import { SourceDocument } from "../artifacts/SourceDocument.ts"
import { classifyDocument } from "../classifyDocument.ts"
import { hashDocument } from "../hashDocument.ts"
import { atOnce } from "./atOnce.ts"

/** What the stages that open a document may be told. */
export interface ReadingLimits {
  /** Those left out keep their defaults. */
  readonly limits?: Partial<Limits> | undefined
}

/** Finds out what a document is, by its content alone, and refuses what is over the limits. */
export const classification = ({ limits }: ReadingLimits = {}) =>
  stage.effect({
    name: "classification",
    version: "1",
    needs: { document: SourceDocument },
    gives: { classification: ClassifiedDocument },
    ...atOnce,
    notes: ({ classification: { reader } }) => ({ classification: reader }),
    run: ({ document: { bytes } }) =>
      Effect.gen(function* () {
        const { documentType, reader } = yield* classifyDocument(bytes, { ...defaultLimits, ...limits })
        return { classification: { documentType, reader: reader.name, documentHash: yield* hashDocument(bytes) } }
      })
  })
