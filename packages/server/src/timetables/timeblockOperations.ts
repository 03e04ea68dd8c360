/** The timeblocks of a timetable: added, listed, changed, put in order and deleted. */
import { Timeblocks } from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { audited } from "../audit/audited.ts"
import type { Principal } from "../authorization/Principal.ts"
import type { Permission } from "../authorization/permissions.ts"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"
import { Problem } from "../http/Problem.ts"
import { expectedVersion, isKnown, tagged } from "../http/versions.ts"
import { timetableAnswer, visibleTimetable } from "./timetableOperations.ts"

/** The timeblock if it is one of that timetable, and the principal may do that to the timetable. */
const visibleTimeblock = Effect.fnUntraced(function* (
  principal: Principal,
  permission: Permission,
  { id, timeblockId }: { readonly id: string; readonly timeblockId: string }
) {
  const { timeblocks } = yield* visibleTimetable(principal, permission, id)
  const found = timeblocks.find((timeblock) => timeblock.id === timeblockId.toLowerCase())
  return found ?? (yield* new Problem({ code: "not_found" }))
})

const auditedTimeblock = (action: string, timetableId: string, timeblockId: string) => ({
  action,
  resourceType: "timeblock",
  resourceId: timeblockId,
  changes: { timetableId }
})

const list = operation(
  api.timetables.timeblocks,
  ({ params: { id }, principal, query: { cursor, limit, ...filter } }) =>
    Effect.gen(function* () {
      const timetable = yield* visibleTimetable(principal, "timetable:read", id)
      const timeblocks = yield* Timeblocks
      return {
        body: yield* timeblocks.list({ filter: { ...filter, timetableId: timetable.id }, limit, after: cursor })
      }
    })
)

const create = operation(api.timetables.createTimeblock, ({ body, params: { id }, principal }) =>
  Effect.gen(function* () {
    const timetable = yield* visibleTimetable(principal, "timetable:update", id)
    const made = yield* audited(
      (timeblock) => auditedTimeblock("timeblock.created", timetable.id, timeblock.id),
      Timeblocks.use((timeblocks) => timeblocks.insert({ ...body, timetableId: timetable.id }))
    )
    return { body: made, headers: { ...tagged(made), location: `/api/v1/timetables/${id}/timeblocks/${made.id}` } }
  })
)

const reorder = operation(api.timetables.reorder, ({ body: { timeblockIds }, headers, params: { id }, principal }) =>
  Effect.gen(function* () {
    yield* visibleTimetable(principal, "timetable:update", id)
    const ifVersion = yield* expectedVersion(headers["if-match"])
    yield* audited(
      () => ({ action: "timetable.reordered", resourceType: "timetable", resourceId: id }),
      Timeblocks.use((timeblocks) => timeblocks.reorder(id, timeblockIds, { ifVersion }))
    )
    return yield* timetableAnswer(id)
  })
)

const get = operation(api.timetables.timeblock, ({ headers, params, principal }) =>
  Effect.map(visibleTimeblock(principal, "timetable:read", params), (timeblock) =>
    isKnown(headers["if-none-match"], timeblock.version)
      ? new Response(null, { status: 304, headers: tagged(timeblock) })
      : { body: timeblock, headers: tagged(timeblock) }
  )
)

const update = operation(api.timetables.updateTimeblock, ({ body, headers, params, principal }) =>
  Effect.gen(function* () {
    const { id } = yield* visibleTimeblock(principal, "timetable:update", params)
    const ifVersion = yield* expectedVersion(headers["if-match"])
    const changed = yield* audited(
      () => auditedTimeblock("timeblock.updated", params.id, id),
      Timeblocks.use((timeblocks) => timeblocks.update(id, body, { ifVersion }))
    )
    if (Option.isNone(changed)) return yield* new Problem({ code: "not_found" })
    return { body: changed.value, headers: tagged(changed.value) }
  })
)

const remove = operation(api.timetables.deleteTimeblock, ({ headers, params, principal }) =>
  Effect.gen(function* () {
    const { id } = yield* visibleTimeblock(principal, "timetable:update", params)
    const ifVersion = yield* expectedVersion(headers["if-match"])
    yield* audited(
      () => auditedTimeblock("timeblock.deleted", params.id, id),
      Timeblocks.use((timeblocks) => timeblocks.remove(id, { ifVersion }))
    )
    return { body: undefined }
  })
)

/** Every operation on timeblocks. */
export const timeblockOperations = [list, create, reorder, get, update, remove]
