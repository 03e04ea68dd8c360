import { Context, type Effect } from "effect"
import * as z from "zod"
import { Uuid } from "../domain/values.ts"
import type { Extraction } from "../extraction/Extraction.ts"
import { entityTable } from "./EntityTable.ts"
import type { Repository, Stored } from "./Repository.ts"
import type { RepositoryError } from "./RepositoryError.ts"
import {
  type ExtractionRecord,
  type ExtractionRecordChanges,
  ExtractionRecordCodec,
  type ExtractionRecordInput,
  ExtractionRecordInsert,
  ExtractionRecordUpdate
} from "./records/ExtractionRecord.ts"

/** Which extractions a list is of. */
export const ExtractionFilter = z.strictObject({ documentId: Uuid.optional(), jobId: Uuid.optional() })
export type ExtractionFilter = z.output<typeof ExtractionFilter>

/** The table of {@link Extractions}. */
export const extractionTable = entityTable({
  name: "extractions",
  codec: ExtractionRecordCodec,
  insert: ExtractionRecordInsert,
  update: ExtractionRecordUpdate,
  filter: ExtractionFilter
})

/** Keeps whole results, one a job. Adapters are checked by `extractionsContract`. */
export class Extractions extends Context.Service<
  Extractions,
  Repository<ExtractionRecord, ExtractionRecordInput, ExtractionRecordChanges, ExtractionFilter> & {
    /** Keeps the result of a job in place of the one that it gave before. */
    readonly save: (kept: {
      readonly documentId: string
      readonly jobId: string
      readonly result: Extraction
    }) => Effect.Effect<Stored<ExtractionRecord>, RepositoryError>
  }
>()("@timegrid/core/repository/Extractions") {}
