import { type UploadedDocumentFilter, type UploadedDocuments, uploadedDocumentTable } from "@timegrid/core/repository"
import { Duration, Effect, Option } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { before, type Conditions, equal } from "./conditions.ts"
import { firstOf, postgresRepository, storedColumns } from "./postgresRepository.ts"
import { ago } from "./spans.ts"

const conditions: Conditions<UploadedDocumentFilter> = {
  userId: equal("user_id"),
  timetableId: equal("timetable_id"),
  uploadStatus: equal("upload_status"),
  createdBefore: before("created_at")
}

export const postgresUploadedDocuments = (database: PostgresDatabase["Service"]): UploadedDocuments["Service"] => {
  const { count, name, sql } = database
  const documents = name("documents")
  const columns = sql.literal(storedColumns(uploadedDocumentTable))
  return {
    ...postgresRepository(database, uploadedDocumentTable, conditions),
    findByLocation: (s3Bucket, s3Key) =>
      // No row has such a text, and Postgres would not take it.
      s3Bucket.includes("\0") || s3Key.includes("\0")
        ? Effect.succeed(Option.none())
        : firstOf(
            database,
            uploadedDocumentTable
          )(sql`SELECT ${columns} FROM ${documents} WHERE s3_bucket = ${s3Bucket} AND s3_key = ${s3Key}`),
    failPending: (age) =>
      count(
        "documents",
        sql`UPDATE ${documents} SET upload_status = 'failed'
          WHERE upload_status = 'pending' AND created_at < ${ago(sql, Duration.toMillis(age))}`
      )
  }
}
