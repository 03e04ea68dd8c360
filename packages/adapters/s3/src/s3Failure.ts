import { S3ServiceException } from "@aws-sdk/client-s3"
import { BlobError, BlobRefused, BlobStoreUnavailable } from "@timegrid/core"

const missing = new Set(["NoSuchKey", "NoSuchVersion", "NotFound"])

/** Whether the server says that there is no such object; a missing bucket is another matter. */
export const isMissing = (error: unknown): boolean => error instanceof S3ServiceException && missing.has(error.name)

/** Whether the server does not know the request. */
export const isNotImplemented = (error: unknown): boolean =>
  error instanceof S3ServiceException && statusOf(error) === 501

/** `BlobRefused` for what the server will not do, `BlobStoreUnavailable` for a server that is away, busy or broken. */
export const s3Failure =
  (key: string) =>
  (cause: unknown): BlobError => {
    const status = statusOf(cause)
    const isRefused = status !== undefined && status >= 400 && status < 500 && status !== 408 && status !== 429
    return new BlobError({ key, reason: isRefused ? new BlobRefused({ cause }) : new BlobStoreUnavailable({ cause }) })
  }

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
