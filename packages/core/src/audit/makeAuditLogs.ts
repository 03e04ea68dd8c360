import { Effect } from "effect"
import { storableText } from "../domain/text.ts"
import { CurrentActor } from "./Actor.ts"
import type { AuditEntry, AuditLogs, AuditVerification } from "./AuditLogs.ts"
import { AuditRecords, type SealedRow } from "./AuditRecords.ts"
import { auditRowHash, chainedHash, sealRows } from "./auditSeal.ts"

/** Rows that are sealed, or followed, at a time. */
const batch = 1_000

/** The audit log over the records of a store. */
export const makeAuditLogs: Effect.Effect<AuditLogs["Service"], never, AuditRecords> = Effect.gen(function* () {
  const records = yield* AuditRecords

  const append = Effect.fnUntraced(function* (entry: AuditEntry) {
    const { userAgent, ...actor } = yield* CurrentActor
    // Whatever a client calls itself must not keep its deeds from being written down.
    yield* records.insert({ ...entry, ...actor, userAgent: userAgent === null ? null : storableText(userAgent) })
  })

  const sealAll = Effect.gen(function* () {
    let total = 0
    for (;;) {
      const sealed = yield* records.seal(batch, sealRows)
      total += sealed
      if (sealed < batch) return total
    }
  })

  return {
    append,
    list: records.list,
    eraseUser: Effect.fn("AuditLogs.eraseUser")(records.eraseUser),
    ensurePartitions: Effect.fn("AuditLogs.ensurePartitions")((monthsAhead = 3) =>
      records.ensurePartitions(monthsAhead)
    ),
    dropPartitions: Effect.fn("AuditLogs.dropPartitions")(function* (endedBy) {
      // What is dropped without a seal would leave no trace in the chain.
      yield* sealAll
      const names = yield* records.dropPartitions(endedBy)
      for (const name of names)
        yield* append({
          action: "audit_log.partition_dropped",
          resourceType: "audit_log",
          changes: { partition: name }
        })
      return names
    }),
    seal: sealAll.pipe(Effect.withSpan("AuditLogs.seal")),
    verify: Effect.gen(function* () {
      let position = 0
      let verified = 0
      let head: string | null = null
      let broken: AuditVerification["broken"] = null
      for (;;) {
        const rows = yield* records.sealedAfter(position, batch)
        for (const sealed of rows) {
          const fault = faultOf(sealed, verified === 0 ? "first" : head)
          if (fault !== null) {
            broken = { auditId: sealed.seal.auditId, fault }
            break
          }
          head = sealed.seal.hash
          position = sealed.position
          verified += 1
        }
        if (broken !== null || rows.length < batch) break
      }
      return { verified, unsealed: yield* records.countUnsealed, head, broken }
    }).pipe(Effect.withSpan("AuditLogs.verify"))
  }
})

/** What is wrong with a seal or its row. The first seal that is kept may hang on one that retention has dropped. */
const faultOf = ({ dropped, row, seal }: SealedRow, before: string | null | "first") => {
  const anchored = before === "first" && dropped
  if (!anchored && chainedHash(before === "first" ? null : before, seal.rowHash) !== seal.hash) return "seal_changed"
  if (row === null) return dropped ? null : "row_missing"
  return auditRowHash(row) === seal.rowHash ? null : "row_changed"
}
