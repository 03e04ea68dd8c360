import { Data } from "effect"

/** Another row has this value already. */
export class UniqueViolation extends Data.TaggedError("UniqueViolation")<{
  /** The constraint or unique index that forbids it, such as `idx_users_email_case_blind`. */
  readonly constraint: string
  readonly cause?: unknown
}> {
  readonly code = "conflict"
  readonly isRetryable = false
}

/** A check, a foreign key or a rule of change forbids the row. */
export class ConstraintViolation extends Data.TaggedError("ConstraintViolation")<{
  /** Its name, such as `check_start_before_end`. */
  readonly constraint: string
  readonly cause?: unknown
}> {
  readonly code = "validation_failed"
  readonly isRetryable = false
}

/** The row was changed by someone else since it was read. */
export class StaleVersion extends Data.TaggedError("StaleVersion")<{
  /** The version that the caller has read. */
  readonly expected: number
}> {
  readonly code = "stale_version"
  readonly isRetryable = false
}

/** There is no such row. */
export class RowMissing extends Data.TaggedError("RowMissing")<{
  /** The id that was asked for. */
  readonly id: string
}> {
  readonly code = "not_found"
  readonly isRetryable = false
}

/** What a caller gave, or what the store holds, does not fit the entity's schema. */
export class RowInvalid extends Data.TaggedError("RowInvalid")<{ readonly cause: unknown }> {
  readonly code = "validation_failed"
  readonly isRetryable = false
}

/** The store could not be reached, or gave up on the transaction; whether it was carried out may be unknown. */
export class StoreUnavailable extends Data.TaggedError("StoreUnavailable")<{
  readonly isRetryable: boolean
  readonly cause: unknown
}> {
  readonly code = "unavailable"
}

/** Why a repository failed. */
export type RepositoryFailure =
  | UniqueViolation
  | ConstraintViolation
  | StaleVersion
  | RowMissing
  | RowInvalid
  | StoreUnavailable

/** Every failure of a repository. Branch on `reason` (`Effect.catchReason`) or `code`, never on `message`. */
export class RepositoryError extends Data.TaggedError("RepositoryError")<{
  /** The table that it is about. */
  readonly table: string
  readonly reason: RepositoryFailure
}> {
  override readonly cause = this.reason
  override readonly message = `${this.table}: ${this.reason._tag}`
  get code() {
    return this.reason.code
  }
  get isRetryable() {
    return this.reason.isRetryable
  }
}
