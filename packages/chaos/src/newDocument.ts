import { randomUUID } from "node:crypto"
import type { UploadedDocumentInput } from "@timegrid/core"

/** A document that nobody else has. */
export const newDocument = (userId: string): UploadedDocumentInput => ({
  userId,
  fileName: "week.pdf",
  fileType: "application/pdf",
  fileSize: 1234,
  s3Bucket: "local",
  s3Key: `uploads/2031/02/03/${randomUUID()}.pdf`
})
