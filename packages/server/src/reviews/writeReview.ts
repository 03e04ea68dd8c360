import { type ResultWriter, saveReview, UploadedDocuments } from "@timegrid/core/repository"
import type { ReviewCompletion } from "@timegrid/core/review"
import { Effect } from "effect"
import { uploadContext } from "../workers/uploadContext.ts"

/** Writes the timetables that a person has made of a draft, in place of the machine's. */
export const writeReview: ReviewCompletion<ResultWriter>["write"] = Effect.fnUntraced(function* ({ final, job }) {
  const document = yield* UploadedDocuments.use((documents) => documents.get(job.documentId))
  const saved = yield* saveReview(final, uploadContext(job, document))
  return saved.job.timetableId
})
