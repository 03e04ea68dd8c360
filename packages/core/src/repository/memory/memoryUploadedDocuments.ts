import { Duration, Effect, Option } from "effect"
import { type UploadedDocumentFilter, type UploadedDocuments, uploadedDocumentTable } from "../UploadedDocuments.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import { before, equal, matching } from "./matching.ts"
import { memoryRepository } from "./memoryRepository.ts"

const matches = matching<UploadedDocumentFilter>({
  userId: equal("user_id"),
  timetableId: equal("timetable_id"),
  uploadStatus: equal("upload_status"),
  createdBefore: before("created_at")
})

export const memoryUploadedDocuments = (database: MemoryDatabase["Service"]): UploadedDocuments["Service"] => ({
  ...memoryRepository(database, uploadedDocumentTable, matches),
  findByLocation: Effect.fnUntraced(function* (s3Bucket, s3Key) {
    const row = yield* database.statement((session) =>
      session.rows("documents").find(({ s3_bucket, s3_key }) => s3_bucket === s3Bucket && s3_key === s3Key)
    )
    return row === undefined ? Option.none() : Option.some(yield* uploadedDocumentTable.entityOf(row))
  }),
  failPending: (age) =>
    database.statement((session) => {
      const limit = new Date(session.now.getTime() - Duration.toMillis(age)).toISOString()
      const old = session
        .rows("documents")
        .filter((row) => row.upload_status === "pending" && before("created_at")(row, limit))
      for (const { id } of old) session.update("documents", [id], { upload_status: "failed" })
      return old.length
    })
})
