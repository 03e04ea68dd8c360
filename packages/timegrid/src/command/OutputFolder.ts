import { mkdir } from "node:fs/promises"
import { join } from "node:path"
import { Effect } from "effect"
import writeFileAtomic from "write-file-atomic"
import { UsageError } from "./UsageError.ts"
import { systemCode, WriteError } from "./WriteError.ts"

/** Makes the folder of `--out` unless it is there. */
export const prepareFolder = (folder: string): Effect.Effect<void, UsageError> =>
  Effect.tryPromise({
    try: () => mkdir(folder, { recursive: true }),
    catch: (cause) => new UsageError({ message: `${folder} cannot be used as a folder (${reasonOf(cause)}).` })
  })

/** Writes a file whole or not at all; one that was there before stays when writing fails. */
export const writeIntoFolder = (folder: string, name: string, text: string): Effect.Effect<void, WriteError> => {
  const path = join(folder, name)
  return Effect.tryPromise({
    try: () => writeFileAtomic(path, text),
    catch: (cause) => new WriteError({ message: `${path} cannot be written (${reasonOf(cause)}).`, cause })
  })
}

const reasonOf = (cause: unknown): string => {
  const code = systemCode(cause)
  return code === "ENOSPC" ? "the disk is full" : code
}
