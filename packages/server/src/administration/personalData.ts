/** Everything that is kept of a user: to be read by them, and to be erased. */
import { AuditLogs, CurrentActor } from "@timegrid/core/audit"
import {
  ApiKeys,
  Extractions,
  ProcessingJobs,
  Timeblocks,
  Timetables,
  UnitOfWork,
  UploadedDocuments,
  Users,
  Webhooks
} from "@timegrid/core/repository"
import { SessionStore } from "@timegrid/core/session"
import { Effect, Stream } from "effect"
import { shownDevice } from "../accounts/shownDevice.ts"
import type { Principal } from "../authorization/Principal.ts"
import { scopeFor } from "../authorization/Principal.ts"
import type { Permission } from "../authorization/permissions.ts"
import { api } from "../contract/index.ts"
import { forgetAnswers, removeBytes } from "../documents/forgetting.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"

const all = <A, E, R>(stream: Stream.Stream<A, E, R>) => Effect.map(Stream.runCollect(stream), (found) => [...found])

const nobody = { userId: null, ipAddress: null, userAgent: null }

/** The user if the principal may do that to them: to oneself, or to anybody. */
const visibleUser = Effect.fnUntraced(function* (principal: Principal, permission: Permission, id: string) {
  const scope = scopeFor(principal, permission)
  const isTheirs = id.toLowerCase() === principal.userId
  if (scope === "none" || (scope === "own" && !isTheirs)) return yield* new Problem({ code: "not_found" })
  return yield* Users.use((users) => users.get(id))
})

const exportData = operation(api.users.export, ({ params: { id }, principal }) =>
  Effect.gen(function* () {
    const user = yield* visibleUser(principal, "personalData:export", id)
    const filter = { userId: user.id }
    const documents = yield* all((yield* UploadedDocuments).stream(filter))
    const extractions = yield* Extractions
    const timetables = yield* all((yield* Timetables).stream(filter))
    const timeblocks = yield* Timeblocks
    const data = {
      user,
      documents,
      extractions: (yield* Effect.forEach(documents, (document) =>
        all(extractions.stream({ documentId: document.id }))
      )).flat(),
      jobs: yield* all((yield* ProcessingJobs).stream(filter)),
      timetables: yield* Effect.forEach(timetables, (timetable) =>
        Effect.map(all(timeblocks.stream({ timetableId: timetable.id })), (blocks) => ({
          ...timetable,
          timeblocks: blocks
        }))
      ),
      apiKeys: yield* all((yield* ApiKeys).stream(filter)),
      webhooks: yield* all((yield* Webhooks).stream(filter)),
      sessions: (yield* SessionStore.use((sessions) => sessions.list(user.id))).map(shownDevice)
    }
    yield* AuditLogs.use((audit) =>
      audit.append({ action: "user.exported", resourceType: "user", resourceId: user.id })
    )
    const headers = { "content-disposition": 'attachment; filename="timegrid-export.json"' }
    return { body: JSON.stringify(data, null, 2), headers }
  })
)

const erase = operation(api.users.erase, ({ params: { id }, principal }) =>
  Effect.gen(function* () {
    const user = yield* visibleUser(principal, "personalData:erase", id)
    const [audit, documents, sessions, unit, users] = [
      yield* AuditLogs,
      yield* UploadedDocuments,
      yield* SessionStore,
      yield* UnitOfWork,
      yield* Users
    ]
    const kept = yield* all(documents.stream({ userId: user.id }))
    // First, while the rows are there that say which they are.
    yield* Effect.forEach(kept, ({ id }) => forgetAnswers(id), { discard: true, concurrency: 4 })
    yield* sessions.removeAll(user.id)
    // Everything that is theirs goes with the user's row, and leaves tombstones for the bytes.
    yield* unit.transaction(
      Effect.gen(function* () {
        yield* audit.eraseUser(user.id)
        yield* users.remove(user.id)
        const erased = audit.append({ action: "user.erased", resourceType: "user", resourceId: user.id })
        // Who erases themselves is nobody by now.
        yield* principal.userId === user.id ? Effect.provideService(erased, CurrentActor, nobody) : erased
      })
    )
    yield* Effect.forEach(kept, removeBytes, { discard: true, concurrency: 4 })
    return { body: undefined }
  })
)

/** Every operation on all that is kept of a user. */
export const personalDataOperations = [exportData, erase]
