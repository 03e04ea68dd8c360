import { auditMonthOf } from "@timegrid/core/audit"
import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { auditRowHash, sealRows } from "../../src/audit/auditSeal.ts"

const row = fc.record({
  id: fc.nat(),
  userId: fc.option(fc.uuid(), { nil: null }),
  action: fc.string(),
  resourceType: fc.string(),
  resourceId: fc.option(fc.uuid(), { nil: null }),
  changes: fc.jsonValue(),
  ipAddress: fc.option(fc.ipV4(), { nil: null }),
  userAgent: fc.option(fc.string(), { nil: null }),
  createdAt: fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
}) as fc.Arbitrary<Parameters<typeof auditRowHash>[0]>

describe("the seals of the audit log", () => {
  test("do not tell who did it", () => {
    fc.assert(
      fc.property(row, (each) => {
        const erased = { ...each, userId: null, ipAddress: null, userAgent: null }
        expect(auditRowHash(erased)).toBe(auditRowHash(each))
      })
    )
  })

  test("tell everything else, and the order of the members of an object is nothing", () => {
    fc.assert(
      fc.property(row, (each) => {
        for (const other of [
          { ...each, id: each.id + 1 },
          { ...each, action: `${each.action}.` },
          { ...each, resourceType: `${each.resourceType}.` },
          { ...each, resourceId: "00000000-0000-0000-0000-000000000001" },
          { ...each, changes: { changed: each.changes } },
          { ...each, createdAt: "2031-01-01T00:00:00.000Z" }
        ])
          expect(auditRowHash(other)).not.toBe(auditRowHash(each))
      })
    )
    const one = { id: 1, action: "a", resourceType: "b", resourceId: null, createdAt: null }
    const nobody = { userId: null, ipAddress: null, userAgent: null }
    expect(auditRowHash({ ...one, ...nobody, changes: { x: 1, y: 2 } })).toBe(
      auditRowHash({ ...one, ...nobody, changes: { y: 2, x: 1 } })
    )
  })

  test("are the same chain, made at once or part by part", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), fc.nat({ max: 6 }), (rows, at) => {
        const first = sealRows(rows.slice(0, at), null)
        const second = sealRows(rows.slice(at), first.at(-1)?.hash ?? null)
        expect([...first, ...second]).toEqual(sealRows(rows, null))
      })
    )
  })
})

describe("auditMonthOf", () => {
  test("gives the month in UTC that holds a moment, and the next begins where it ends", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1990-01-01"), max: new Date("2150-01-01"), noInvalidDate: true }),
        (moment) => {
          const { from, partition, to } = auditMonthOf(moment)
          expect(from <= moment && moment < to).toBe(true)
          expect(auditMonthOf(moment, 1).from).toEqual(to)
          expect(partition).toBe(`audit_logs_y${moment.toISOString().slice(0, 4)}m${moment.toISOString().slice(5, 7)}`)
        }
      )
    )
  })
})
