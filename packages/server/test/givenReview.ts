import { randomUUID } from "node:crypto"
import { BlobStore, type ReviewPriority } from "@timegrid/core"
import { ProcessingJobs, saveExtraction, Timetables, UploadedDocuments } from "@timegrid/core/repository"
import { ReviewQueue } from "@timegrid/core/review"
import { Effect } from "effect"
import { exportedTimetable } from "../src/timetables/exportedTimetable.ts"
import type { MemoryServer } from "./memoryServer.ts"

/** What the machine has read, and what a person makes of it. */
export const draft = {
  timeblocks: [
    { name: "Maths", dayOfWeek: "Monday", startTime: "09:00", endTime: "10:00" },
    { name: "Musik", dayOfWeek: "Tuesday", startTime: "09:00", endTime: "10:00" }
  ]
} as const

/** A document of the user whose job waits for a person, as a worker leaves it. */
export const givenReview = (server: MemoryServer, userId: string, priority: ReviewPriority = "normal") =>
  server.run(
    Effect.gen(function* () {
      const id = randomUUID()
      const s3Key = `uploads/2026/01/01/${id}.pdf`
      yield* (yield* BlobStore).put(s3Key, new Uint8Array([1, 2, 3]))
      const document = yield* (yield* UploadedDocuments).insert({
        id,
        userId,
        fileName: "week.pdf",
        fileType: "application/pdf",
        fileSize: 3,
        s3Bucket: "memory",
        s3Key,
        uploadStatus: "completed"
      })
      const jobs = yield* ProcessingJobs
      const job = yield* jobs.insert({ documentId: document.id, userId })
      const read = exportedTimetable({
        ...(yield* (yield* Timetables).insert({ userId, name: "Week", year: 2026 })),
        timeblocks: []
      })
      const context = {
        userId,
        documentId: id,
        jobId: job.id,
        fileName: "week.pdf",
        uploadedAt: new Date(),
        jobMetadata: {}
      }
      const { job: columns } = yield* saveExtraction(read, context)
      yield* jobs.update(job.id, columns)
      for (const status of ["validating", "hitl_pending"] as const) yield* jobs.update(job.id, { status })
      const kept = { timeblocks: draft.timeblocks.map((block) => ({ ...block })) }
      const task = yield* (yield* ReviewQueue).open({ jobId: job.id, draft: kept, priority })
      return { taskId: task.id, jobId: job.id, documentId: document.id, s3Key }
    })
  )
