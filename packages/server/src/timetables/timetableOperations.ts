/** Timetables: made, listed, read, changed and deleted. */
import { type FilledTimetable, Timetables } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { audited } from "../audit/audited.ts"
import type { Principal } from "../authorization/Principal.ts"
import type { Permission } from "../authorization/permissions.ts"
import { listOwner, visible } from "../authorization/visible.ts"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"
import { expectedVersion, isKnown, tagged } from "../http/versions.ts"

/** The timetable if the principal may do that to it. */
export const visibleTimetable = (principal: Principal, permission: Permission, id: string) =>
  visible(
    principal,
    permission,
    Timetables.use((timetables) => timetables.findFilled(id)),
    ({ metadata, userId }) => ({ userId, documentId: metadata.documentId ?? null })
  )

/** As the API shows it: markers and what has no place in the week beside the timeblocks. */
export const shownTimetable = (timetable: FilledTimetable) => ({
  ...timetable,
  markers: timetable.metadata.markers ?? [],
  unplaced: timetable.metadata.unplaced ?? []
})

/** The answer that shows the timetable as it is now. */
export const timetableAnswer = (id: string) =>
  Effect.flatMap(
    Timetables.use((timetables) => timetables.findFilled(id)),
    Option.match({
      onNone: () => Effect.fail(new Problem({ code: "not_found" })),
      onSome: (timetable) => Effect.succeed({ body: shownTimetable(timetable), headers: tagged(timetable) })
    })
  )

const list = operation(api.timetables.list, ({ principal, query: { cursor, limit, ...filter } }) =>
  Effect.map(
    Timetables.use((timetables) =>
      timetables.list({ filter: { ...filter, userId: listOwner(principal, "timetable:read") }, limit, after: cursor })
    ),
    (body) => ({ body })
  )
)

const active = operation(api.timetables.active, ({ principal: { userId }, query: { limit } }) =>
  Effect.map(
    Timetables.use((timetables) => timetables.listActive(userId, limit)),
    (items) => ({ body: { items } })
  )
)

const create = operation(api.timetables.create, ({ body, principal: { userId } }) =>
  Effect.gen(function* () {
    const made = yield* audited(
      ({ id }) => ({ action: "timetable.created", resourceType: "timetable", resourceId: id }),
      Timetables.use((timetables) => timetables.insert({ ...body, userId }))
    )
    const headers = { ...tagged(made), location: `/api/v1/timetables/${made.id}` }
    return { body: shownTimetable({ ...made, timeblocks: [] }), headers }
  })
)

const get = operation(api.timetables.get, ({ headers, params: { id }, principal }) =>
  Effect.map(visibleTimetable(principal, "timetable:read", id), (timetable) =>
    isKnown(headers["if-none-match"], timetable.version)
      ? new Response(null, { status: 304, headers: tagged(timetable) })
      : { body: shownTimetable(timetable), headers: tagged(timetable) }
  )
)

const update = operation(api.timetables.update, ({ body, headers, params: { id }, principal }) =>
  Effect.gen(function* () {
    yield* visibleTimetable(principal, "timetable:update", id)
    const ifVersion = yield* expectedVersion(headers["if-match"])
    yield* audited(
      () => ({
        action: "timetable.updated",
        resourceType: "timetable",
        resourceId: id,
        changes: { fields: Object.keys(body), ...(body.status === undefined ? {} : { status: body.status }) }
      }),
      Timetables.use((timetables) => timetables.update(id, body, { ifVersion }))
    )
    return yield* timetableAnswer(id)
  })
)

const remove = operation(api.timetables.delete, ({ headers, params: { id }, principal }) =>
  Effect.gen(function* () {
    yield* visibleTimetable(principal, "timetable:delete", id)
    const ifVersion = yield* expectedVersion(headers["if-match"])
    yield* audited(
      () => ({ action: "timetable.deleted", resourceType: "timetable", resourceId: id }),
      Timetables.use((timetables) => timetables.remove(id, { ifVersion }))
    )
    return { body: undefined }
  })
)

/** Every operation on whole timetables. */
export const timetableOperations = [list, active, create, get, update, remove]
