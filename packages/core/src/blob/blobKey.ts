import { Effect } from "effect"
import { BlobError, BlobRefused } from "./BlobError.ts"

/** Code points, as in the column `s3_key`. */
const longestKey = 512

// Servers and tools on the way take these for something else than a part of a name.
const unsafe = /[\p{Cc}\p{Cs}\\]/u

/**
 * Why no store takes this key, or null: keys have 1 to 512 code points in parts parted by `/`, none of which is empty,
 * `.` or `..`, and hold no control characters, lone surrogates or backslashes.
 */
export const blobKeyFault = (key: string): string | null => {
  if (key === "") return "The key is empty."
  if ([...key].length > longestKey) return `The key is longer than ${longestKey} characters.`
  if (unsafe.test(key)) return "The key holds a character that no store takes."
  if (key.split("/").some((part) => ["", ".", ".."].includes(part))) return "A part of the key is no name."
  return null
}

/** Fails with `BlobRefused` for a key with a fault; for stores. */
export const checkBlobKey = (key: string): Effect.Effect<void, BlobError> => {
  const fault = blobKeyFault(key)
  return fault === null ? Effect.void : Effect.fail(new BlobError({ key, reason: new BlobRefused({ cause: fault }) }))
}
