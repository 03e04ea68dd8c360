/** Review tasks: listed, claimed, worked on and finished, and what they say of the accuracy. */

import { ReviewTasks } from "@timegrid/core/repository"
import { ReviewQueue } from "@timegrid/core/review"
import { Effect, Option } from "effect"
import { api } from "../contract/index.ts"
import { problemOf } from "../http/failures.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"
import { expectedVersion, tagged } from "../http/versions.ts"
import { ServerSettings } from "../settings/ServerSettings.ts"
import { writeReview } from "./writeReview.ts"

const list = operation(api.reviewTasks.list, ({ query: { cursor, limit, status, ...filter } }) =>
  Effect.map(
    ReviewTasks.use((tasks) =>
      tasks.listByUrgency({
        filter: { ...filter, ...(status === undefined ? {} : { statuses: [status] }) },
        limit,
        after: cursor
      })
    ),
    (body) => ({ body })
  )
)

const get = operation(api.reviewTasks.get, ({ params: { id } }) =>
  Effect.gen(function* () {
    const task = yield* ReviewTasks.use((tasks) => tasks.find(id))
    if (Option.isNone(task)) return yield* new Problem({ code: "not_found" })
    return { body: task.value, headers: tagged(task.value) }
  })
)

const claim = operation(api.reviewTasks.claim, ({ params: { id }, principal: { userId } }) =>
  Effect.gen(function* () {
    const { reviewOwnDocuments } = yield* ServerSettings
    const queue = yield* ReviewQueue
    const task = yield* queue.claim(id, { reviewerId: userId, ownDocuments: reviewOwnDocuments })
    return { body: task, headers: tagged(task) }
  })
)

const release = operation(api.reviewTasks.release, ({ params: { id }, principal: { userId } }) =>
  Effect.map(
    ReviewQueue.use((queue) => queue.release(id, userId)),
    (task) => ({ body: task, headers: tagged(task) })
  )
)

const cancel = operation(api.reviewTasks.cancel, ({ params: { id } }) =>
  Effect.map(
    ReviewQueue.use((queue) => queue.cancel(id)),
    (task) => ({ body: task, headers: tagged(task) })
  )
)

const assign = operation(api.reviewTasks.assign, ({ body: { userId }, params: { id } }) =>
  Effect.map(
    ReviewQueue.use((queue) => queue.assign(id, userId)),
    (task) => ({ body: task, headers: tagged(task) })
  )
)

const prioritize = operation(api.reviewTasks.prioritize, ({ body: { priority }, params: { id } }) =>
  Effect.map(
    ReviewQueue.use((queue) => queue.prioritize(id, priority)),
    (task) => ({ body: task, headers: tagged(task) })
  )
)

const save = operation(api.reviewTasks.save, ({ body: draft, headers, params: { id }, principal: { userId } }) =>
  Effect.gen(function* () {
    const ifVersion = yield* expectedVersion(headers["if-match"])
    const task = yield* ReviewQueue.use((queue) => queue.save(id, { reviewerId: userId, draft, ifVersion }))
    return { body: task, headers: tagged(task) }
  })
)

const complete = operation(
  api.reviewTasks.complete,
  ({ body: { draft, notes }, headers, params: { id }, principal: { userId } }) =>
    Effect.gen(function* () {
      const queue = yield* ReviewQueue
      const ifVersion = yield* expectedVersion(headers["if-match"])
      const { task } = yield* queue
        .complete(id, { reviewerId: userId, final: draft, notes, ifVersion, write: writeReview })
        .pipe(Effect.mapError(problemOf), Effect.mapError(inDraft))
      return { body: task, headers: tagged(task) }
    })
)

/** The faults of a draft, where the body holds it. */
const inDraft = ({ cause, code, detail, errors, retryAfterSeconds }: Problem) =>
  new Problem({
    code,
    ...(detail !== undefined && { detail }),
    ...(errors !== undefined && {
      errors: errors.map(({ message, pointer }) => ({ message, pointer: `/draft${pointer}` }))
    }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    cause
  })

/** Every operation on review tasks. */
export const reviewOperations = [list, get, claim, release, cancel, assign, prioritize, save, complete]
