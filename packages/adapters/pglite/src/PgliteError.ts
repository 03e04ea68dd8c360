import { Data } from "effect"

/** Another process, or another part of this one, has the folder open. */
export class FolderInUse extends Data.TaggedError("FolderInUse")<{
  readonly folder: string
  /** Who has it, such as `"process 4711"`. */
  readonly by: string
}> {
  readonly code = "folder_in_use"
  override readonly message = `${this.folder} is in use by ${this.by}.`
}

/** The folder cannot be read or written, or holds no database that this version can open. */
export class FolderUnusable extends Data.TaggedError("FolderUnusable")<{
  readonly folder: string
  readonly cause: unknown
}> {
  readonly code = "unavailable"
  override readonly message = `${this.folder} cannot be opened: ${
    this.cause instanceof Error ? this.cause.message : String(this.cause)
  }`
}
