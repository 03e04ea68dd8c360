import type { ProcessingJobMetadata } from "../domain/ProcessingJob.ts"

/** What was uploaded, by whom, and which job reads it. */
export interface UploadContext {
  readonly userId: string
  readonly documentId: string
  readonly jobId: string
  /** The name of the file on the machine of the one who uploaded it. */
  readonly fileName: string
  /** Its year, in UTC, stands in where the document prints none. */
  readonly uploadedAt: Date
  /** What the timetable is to be called; of several each adds its class. Default what the document says. */
  readonly timetableName?: string | undefined
  /** What the run tells of itself. Default what the result tells of it. */
  readonly jobMetadata?: ProcessingJobMetadata | undefined
}
