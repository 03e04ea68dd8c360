import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { Data, Effect } from "effect"
import writeFileAtomic from "write-file-atomic"
import { UsageError } from "./UsageError.ts"

/** A result that could not be stored. */
export class WriteError extends Data.TaggedError("WriteError")<{ readonly message: string; readonly cause: unknown }> {
  readonly code = "not_written"
}

/** Makes the folder of `--out` unless it is there. */
export const prepareFolder = (folder: string): Effect.Effect<void, UsageError> =>
  Effect.tryPromise({
    try: () => mkdir(folder, { recursive: true }),
    catch: (cause) => new UsageError({ message: `${folder} cannot be used as a folder (${systemCode(cause)}).` })
  })

/** Writes a file whole or not at all; one that was there before stays when writing fails. */
export const writeIntoFolder = (folder: string, name: string, text: string): Effect.Effect<void, WriteError> => {
  const path = join(folder, name)
  return Effect.tryPromise({
    try: () => writeFileAtomic(path, text),
    catch: (cause) => new WriteError({ message: `${path} cannot be written (${systemCode(cause)}).`, cause })
  })
}

const systemCode = (cause: unknown): string => {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown"
  return code === "ENOSPC" ? "the disk is full" : code
}
