import type { ProcessingJob, UploadedDocument } from "@timegrid/core"
import type { Stored, UploadContext } from "@timegrid/core/repository"

/** What the rows of a result take from the upload that it was read from. */
export const uploadContext = (job: Stored<ProcessingJob>, document: Stored<UploadedDocument>): UploadContext => {
  const { timetableName } = document.metadata
  return {
    userId: job.userId,
    documentId: document.id,
    jobId: job.id,
    fileName: document.fileName,
    uploadedAt: new Date(document.createdAt ?? 0),
    ...(typeof timetableName === "string" && { timetableName }),
    jobMetadata: job.metadata
  }
}
