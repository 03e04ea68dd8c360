/** Writes the rows of a result, all in one transaction. */
import { Effect, Option, Stream } from "effect"
import { storableJson } from "../domain/json.ts"
import type { Timetable } from "../domain/Timetable.ts"
import type { Extraction, ExtractionWarning } from "../extraction/Extraction.ts"
import { Extractions } from "../repository/Extractions.ts"
import type { Stored } from "../repository/Repository.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import { Timeblocks } from "../repository/Timeblocks.ts"
import { Timetables } from "../repository/Timetables.ts"
import { UnitOfWork } from "../repository/UnitOfWork.ts"
import { UploadedDocuments } from "../repository/UploadedDocuments.ts"
import { type ResultRows, resultRows } from "./resultRows.ts"
import type { TimetableRows } from "./timetableRows.ts"
import type { UploadContext } from "./UploadContext.ts"

/** What was written of a result, and what its job is to be told. */
export interface SavedResult {
  readonly timetables: ReadonlyArray<Stored<Timetable>>
  /** For the row of the job; `timetableId` is that of the first timetable. */
  readonly job: ResultRows["job"] & { readonly timetableId: string | null }
  readonly needsReview: boolean
  readonly warnings: ReadonlyArray<ExtractionWarning>
}

/** What writing a result needs. */
export type ResultWriter = Extractions | Timeblocks | Timetables | UnitOfWork | UploadedDocuments

/**
 * Keeps a result whole, and writes its timetables and what its document is told by {@link resultRows}: all in one
 * transaction. What a job has saved before is replaced: its drafts keep their ids, those of classes that are no longer
 * read go, and a timetable that its owner has taken into use or archived stays as it is. The row of the job is left to
 * whoever holds its lease:
 *
 * @example
 * transaction(
 *   Effect.gen(function* () {
 *     const { job } = yield* saveExtraction(extraction, upload)
 *     yield* jobStore.transition(lease, { status: "completed", ...job })
 *   })
 * )
 */
export const saveExtraction = Effect.fn("saveExtraction")(function* (
  extraction: Extraction,
  upload: UploadContext
): Effect.fn.Return<SavedResult, RepositoryError, ResultWriter> {
  const { transaction } = yield* UnitOfWork
  const { documentId, jobId } = upload
  return yield* transaction(
    Effect.gen(function* () {
      const extractions = yield* Extractions
      // It comes first: of two that save for one job at once the second waits here.
      yield* extractions.save({ documentId, jobId, result: storableJson(extraction) })
      return yield* saveRows(resultRows(extraction, upload), upload)
    })
  )
})

/** Writes rows in place of those that the job has written before; called within a transaction. */
export const saveRows = Effect.fnUntraced(function* (
  { document, job, needsReview, timetables: wanted, warnings }: ResultRows,
  { documentId, jobId, userId }: UploadContext
): Effect.fn.Return<SavedResult, RepositoryError, Timeblocks | Timetables | UploadedDocuments> {
  const timetables = yield* Timetables
  const before = Array.from(yield* Stream.runCollect(timetables.stream({ userId, jobId })))
  const saved = yield* Effect.forEach(wanted, (rows) =>
    saveTimetable(
      rows,
      before.find(({ className }) => className === (rows.timetable.className ?? null))
    )
  )
  const kept = new Set(saved.map(({ id }) => id))
  for (const { id, status } of before) if (status === "draft" && !kept.has(id)) yield* timetables.remove(id)
  const timetableId = saved[0]?.id ?? null
  const documents = yield* UploadedDocuments
  const { metadata } = yield* documents.get(documentId)
  yield* documents.update(documentId, { ...document, timetableId, metadata: { ...metadata, ...document.metadata } })
  return { timetables: saved, job: { ...job, timetableId }, needsReview, warnings }
})

const saveTimetable = Effect.fnUntraced(function* (
  { timeblocks: contents, timetable }: TimetableRows,
  before: Stored<Timetable> | undefined
): Effect.fn.Return<Stored<Timetable>, RepositoryError, Timeblocks | Timetables> {
  const [timeblocks, timetables] = [yield* Timeblocks, yield* Timetables]
  if (before === undefined) {
    const inserted = yield* timetables.insert(timetable)
    yield* timeblocks.insertMany(contents.map((content) => ({ ...content, timetableId: inserted.id })))
    return inserted
  }
  if (before.status !== "draft") return before
  yield* timeblocks.replaceAll(before.id, contents)
  return Option.getOrElse(yield* timetables.update(before.id, timetable), () => before)
})
