/** Between results and what a person reviews. */
import { Effect } from "effect"
import { storableJson } from "../domain/json.ts"
import type { ReviewDraft, ReviewTimeblock } from "../domain/ReviewDraft.ts"
import { ExtractedTimeblock, type Extraction } from "../extraction/Extraction.ts"
import { Extractions } from "../repository/Extractions.ts"
import { RepositoryError, RowMissing } from "../repository/RepositoryError.ts"
import { UnitOfWork } from "../repository/UnitOfWork.ts"
import { resultRows } from "./resultRows.ts"
import { type ResultWriter, type SavedResult, saveRows } from "./saveExtraction.ts"
import type { UploadContext } from "./UploadContext.ts"

/**
 * A result as a person gets it to review: every timeblock with its place in the result, `index`, under which its evidence
 * is found; markers and what the heading says besides.
 */
export const reviewDraftOf = (extraction: Extraction): ReviewDraft => {
  const { markers, metadata, timeblocks } = storableJson(extraction)
  return {
    metadata,
    timeblocks: timeblocks.map(({ evidence: _, ...block }, index) => ({ ...block, index })),
    markers: markers.map(({ evidence: _, ...marker }) => marker)
  }
}

/**
 * The result with the timeblocks that a person has made of it: sure, of the tier `hitl`. What a timeblock of the draft
 * leaves out, and its evidence, is that of the timeblock that it was made of, where its `index` names one.
 */
export const reviewedResult = (extraction: Extraction, final: ReviewDraft): Extraction => ({
  ...extraction,
  timeblocks: final.timeblocks.map((block) => reviewedBlock(block, originOf(extraction, block))),
  confidence: 100,
  tier: "hitl"
})

/**
 * Writes what a person has made of the result of a job in place of the machine's reading, which is kept: for
 * `ReviewQueue.complete`. Fails with `RowMissing` where the job has kept no result.
 */
export const saveReview = Effect.fn("saveReview")(function* (
  final: ReviewDraft,
  upload: UploadContext
): Effect.fn.Return<SavedResult, RepositoryError, ResultWriter> {
  const { transaction } = yield* UnitOfWork
  const { jobId } = upload
  return yield* transaction(
    Effect.gen(function* () {
      const [kept] = (yield* (yield* Extractions).list({ filter: { jobId }, limit: 1 })).items
      if (kept === undefined)
        return yield* new RepositoryError({ table: "extractions", reason: new RowMissing({ id: jobId }) })
      return yield* saveRows(resultRows(reviewedResult(kept.result, final), upload), upload)
    })
  )
})

const originOf = ({ timeblocks }: Extraction, { index }: ReviewTimeblock) =>
  typeof index === "number" ? timeblocks[index] : undefined

const unsaid = {
  notes: null,
  subject: null,
  room: null,
  teacher: null,
  color: null,
  period: null,
  periodEnd: null,
  week: null,
  className: null,
  page: 1,
  evidence: {}
}

const sure = { confidence: 100, fieldConfidence: { day: 100, start: 100, end: 100, name: 100 } }

const reviewedBlock = (block: ReviewTimeblock, origin: ExtractedTimeblock | undefined): ExtractedTimeblock => {
  const { dayOfWeek, endTime, name, startTime } = block
  const shape = ExtractedTimeblock.shape
  const details = Object.entries(block).filter(
    // A draft is open: what is of another kind than the result's is somebody else's.
    ([field, value]) => field in unsaid && shape[field as keyof typeof unsaid].safeParse(value).success
  )
  return { ...unsaid, ...origin, ...Object.fromEntries(details), dayOfWeek, startTime, endTime, name, ...sure }
}
