import {
  ConstraintViolation,
  type RepositoryFailure,
  RowInvalid,
  StoreUnavailable,
  UniqueViolation
} from "@timegrid/core/repository"
import type { SqlError } from "effect/sql"

/** What Postgres says of an error, as far as it is used here; see its list of error codes and fields. */
interface ServerError {
  readonly code?: string
  readonly constraint?: string
}

/** Classes of SQLSTATE after which the same call may succeed: connections, transactions, resources, the operator. */
const passing = /^(08|25P03|40|53|55P03|57)/
/** "Data exception": a value that no column of its type can hold. */
const dataException = /^22/

/** The failure of a repository that an error of the driver stands for. */
export const storeFailure = ({ reason }: SqlError.SqlError): RepositoryFailure => {
  // The driver hands on the fields of the server's message with its cause, which it declares as any defect.
  const { code = "", constraint = "" } = (reason.cause ?? {}) as ServerError
  if (reason._tag === "UniqueViolation") return new UniqueViolation({ constraint: reason.constraint, cause: reason })
  if (reason._tag === "ConstraintError") return new ConstraintViolation({ constraint, cause: reason })
  if (dataException.test(code)) return new RowInvalid({ cause: reason })
  return new StoreUnavailable({
    isRetryable: reason._tag === "ConnectionError" || reason.isRetryable || passing.test(code),
    cause: reason
  })
}
