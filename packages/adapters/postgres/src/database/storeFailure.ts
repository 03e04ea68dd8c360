import {
  ConstraintViolation,
  type RepositoryFailure,
  RowInvalid,
  StoreUnavailable,
  UniqueViolation
} from "@timegrid/core/repository"
import { Predicate } from "effect"
import type { SqlError } from "effect/sql"

/** What the server says of an error; see "Error and Notice Message Fields" in its protocol. */
interface ServerError {
  readonly code?: string
  readonly constraint?: string
  readonly column?: string
}

/** A value that does not fit its column: class 22 of the SQLSTATEs. */
const dataException = /^22/

/** Classes of SQLSTATE after which the same call may succeed: connections, transactions, resources, the operator. */
const passing = /^(08|25P03|40|53|55P03|57)/

/** The failure of a repository that an error of the driver stands for. */
export const storeFailure = ({ reason }: SqlError.SqlError): RepositoryFailure => {
  // The driver hands on the fields of the server's message with its cause, which it declares as any defect.
  const { code = "", column, constraint } = (reason.cause ?? {}) as ServerError
  if (reason._tag === "UniqueViolation") return new UniqueViolation({ constraint: reason.constraint, cause: reason })
  if (reason._tag === "ConstraintError") {
    // That a column may not be null is a rule without a name.
    return new ConstraintViolation({ constraint: constraint ?? `${column ?? "column"}_not_null`, cause: reason })
  }
  // The second is a value that our codecs refuse, either way.
  if (dataException.test(code) || Predicate.isTagged(reason.cause, "PgTypesCodecError")) {
    return new RowInvalid({ cause: reason })
  }
  return new StoreUnavailable({
    isRetryable: reason._tag === "ConnectionError" || reason.isRetryable || passing.test(code),
    cause: reason
  })
}
