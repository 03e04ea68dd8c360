/** From the failures of the stores to problems. */
import type { BlobError } from "@timegrid/core"
import type { JobStoreError } from "@timegrid/core/queue"
import type { RealtimeError } from "@timegrid/core/realtime"
import { CursorUnknown, type RepositoryError, type RepositoryFailure } from "@timegrid/core/repository"
import type { ReviewQueueError } from "@timegrid/core/review"
import type { SessionError } from "@timegrid/core/session"
import * as z from "zod"
import { Problem } from "./Problem.ts"
import { fieldProblems } from "./requestParts.ts"

/** Whatever a handler may fail with. */
export type Failure =
  | Problem
  | BlobError
  | JobStoreError
  | RealtimeError
  | RepositoryError
  | ReviewQueueError
  | SessionError

/** When to try again what could not be reached. */
const retryAfterSeconds = 5

/** The failure as a problem; what nobody outside may know stays in its `cause`. */
export const problemOf = (failure: Failure): Problem => {
  if (failure._tag === "Problem") return failure
  const { reason } = failure
  switch (reason._tag) {
    case "DraftInvalid":
      return new Problem({ code: "validation_failed", errors: reason.issues, cause: failure })
    case "IllegalStatusChange":
      return new Problem({ code: "conflict", detail: `It is ${reason.from}, which cannot become ${reason.to}.` })
    case "TaskNotHeld":
      return new Problem({ code: "conflict", detail: "You do not hold this task (any more): claim it first." })
    case "TaskTaken":
      return new Problem({ code: "conflict", detail: "Somebody else has this task." })
    case "TaskClosed":
      return new Problem({ code: "conflict", detail: "This task is closed." })
    case "OwnDocument":
      return new Problem({ code: "forbidden", detail: "Nobody reviews a document of their own." })
    case "LeaseLost":
      return new Problem({ code: "conflict", detail: "Somebody else is at work on it now." })
    default:
      return problemOfStore(failure, reason)
  }
}

type StoreReason = Exclude<Exclude<Failure, Problem>["reason"], RepositoryFailure> | RepositoryFailure

const problemOfStore = (cause: Failure, reason: StoreReason): Problem => {
  switch (reason._tag) {
    case "UniqueViolation":
      return new Problem({ code: "conflict", detail: `Another has this already (${reason.constraint}).`, cause })
    case "ConstraintViolation":
      return new Problem({ code: "validation_failed", detail: `The rule ${reason.constraint} forbids it.`, cause })
    case "StaleVersion":
      return new Problem({ code: "stale_version", cause })
    case "RowMissing":
      return new Problem({ code: "not_found", cause })
    case "RowInvalid":
      if (reason.cause instanceof CursorUnknown) {
        const errors = [{ pointer: "/query/cursor", message: reason.cause.message }]
        return new Problem({ code: "validation_failed", errors, cause })
      }
      return reason.cause instanceof z.ZodError
        ? new Problem({ code: "validation_failed", errors: fieldProblems(reason.cause), cause })
        : new Problem({ code: "validation_failed", cause })
    default:
      return new Problem({ code: "unavailable", retryAfterSeconds, cause })
  }
}
