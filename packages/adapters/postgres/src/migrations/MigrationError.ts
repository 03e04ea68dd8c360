import { Data } from "effect"

/** A file that was applied reads otherwise now. */
export class MigrationChanged extends Data.TaggedError("MigrationChanged")<{ readonly file: string }> {
  readonly code = "migration_changed"
  override readonly message = `${this.file} was changed after it had been applied.`
}

/** A file that was applied is gone. */
export class MigrationMissing extends Data.TaggedError("MigrationMissing")<{ readonly file: string }> {
  readonly code = "migration_missing"
  override readonly message = `${this.file} was applied and is missing now.`
}

/** A file comes before one that was applied already. */
export class MigrationOutOfOrder extends Data.TaggedError("MigrationOutOfOrder")<{ readonly file: string }> {
  readonly code = "migration_out_of_order"
  override readonly message = `${this.file} comes before a migration that was applied already.`
}

/** A file outside of a transaction was begun and has not come to its end; what it did until then stands. */
export class MigrationUnfinished extends Data.TaggedError("MigrationUnfinished")<{ readonly file: string }> {
  readonly code = "migration_unfinished"
  override readonly message = `${this.file} was begun and has not come to its end.`
}

/** A statement failed, and with it the whole file where it runs in a transaction. */
export class MigrationStatementFailed extends Data.TaggedError("MigrationStatementFailed")<{
  readonly file: string
  /** Where the statement begins, from 1. */
  readonly line: number
  readonly cause: unknown
}> {
  readonly code = "migration_failed"
  override readonly message = `${this.file}, line ${this.line}: ${sentenceOf(this.cause)}`
}

/** The database could not be reached, or did not let the history of migrations be read. */
export class MigrationStoreFailed extends Data.TaggedError("MigrationStoreFailed")<{ readonly cause: unknown }> {
  readonly code = "unavailable"
  override readonly message = `The history of migrations cannot be read: ${sentenceOf(this.cause)}`
}

/** Why migrations were not applied. Those before the one that failed stay applied. */
export type MigrationError =
  | MigrationChanged
  | MigrationMissing
  | MigrationOutOfOrder
  | MigrationStatementFailed
  | MigrationStoreFailed
  | MigrationUnfinished

/** The server's own word lies at the end of the causes. */
const sentenceOf = (cause: unknown): string => {
  if (!(cause instanceof Error)) return String(cause)
  return cause.cause instanceof Error ? sentenceOf(cause.cause) : cause.message
}
