import { Data } from "effect"

/** Why a file cannot be reached; what is wrong with its content is a `DocumentError`. */
export type FileErrorCode = "not_found" | "is_directory" | "not_readable"

/** A file that cannot be opened or read to its end. Branch on `code`; `message` is one sentence for people. */
export class FileError extends Data.TaggedError("FileError")<{
  readonly code: FileErrorCode
  readonly message: string
  readonly cause: unknown
}> {}
