import { BlobError, BlobRefused, BlobStoreUnavailable } from "@timegrid/core"

/** What the system says when something is the matter for a while, or with the machine. */
const passing = new Set(["EAGAIN", "EBUSY", "EINTR", "EIO", "EMFILE", "ENFILE", "ETIMEDOUT", "ESTALE"])

/** The code of a failed call to the system, such as `ENOENT`. */
const systemCode = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined

/** Whether there is no such file; also where a part of the way to it is no folder, or it is one. */
export const isMissing = (error: unknown): boolean =>
  ["ENOENT", "ENOTDIR", "EISDIR", "ERR_FS_EISDIR"].includes(systemCode(error) ?? "")

/** `BlobRefused` for what would be refused again: no space, no permission, a key that is another's folder. */
export const fileFailure =
  (key: string) =>
  (cause: unknown): BlobError =>
    new BlobError({
      key,
      reason: passing.has(systemCode(cause) ?? "") ? new BlobStoreUnavailable({ cause }) : new BlobRefused({ cause })
    })
