/** Objects as far as a principal may see them: what is another's is as if it were not there. */
import { ProcessingJobs, type RepositoryError, ReviewTasks } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { Problem } from "../http/Problem.ts"
import { type Principal, permits, scopeFor } from "./Principal.ts"
import type { Permission } from "./permissions.ts"

/** Where an object belongs that was read from a document. */
export interface ReadFrom {
  readonly userId: string
  readonly documentId: string | null
}

/** The object if the principal may do that to it; fails with `not_found` otherwise. */
export const visible = Effect.fnUntraced(function* <A, E, R>(
  principal: Principal,
  permission: Permission,
  found: Effect.Effect<Option.Option<A>, E, R>,
  origin: (object: A) => ReadFrom
) {
  const object = yield* found
  if (Option.isNone(object)) return yield* new Problem({ code: "not_found" })
  const { documentId, userId } = origin(object.value)
  if (permits(principal, permission, { userId })) return object.value
  const mayBeAssigned = scopeFor(principal, permission) === "assigned" && documentId !== null
  if (mayBeAssigned && (yield* holdsTaskOf(principal, documentId))) return object.value
  return yield* new Problem({ code: "not_found" })
})

/** Whether the principal has an open review task of a job on this document. */
const holdsTaskOf = (
  { userId }: Principal,
  documentId: string
): Effect.Effect<boolean, RepositoryError, ProcessingJobs | ReviewTasks> =>
  Effect.gen(function* () {
    const jobs = yield* ProcessingJobs.use((jobs) =>
      jobs.list({ filter: { documentId, statuses: ["hitl_pending", "hitl_in_progress"] }, limit: 100 })
    )
    const tasks = yield* ReviewTasks
    const held = yield* Effect.forEach(jobs.items, ({ id }) =>
      tasks.list({ filter: { jobId: id, assignedTo: userId, statuses: ["assigned", "in_progress"] }, limit: 1 })
    )
    return held.some(({ items }) => items.length > 0)
  })

/** Whose objects a list holds: only the principal's own, unless everyone's are theirs to see. */
export const listOwner = (principal: Principal, permission: Permission): string | undefined =>
  scopeFor(principal, permission) === "any" ? undefined : principal.userId
