import { ExtractedTimeblock } from "@timegrid/core"
import { alignBlocks, consensus, pipeline, stage, timeblockAgreement } from "@timegrid/core/pipeline"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as z from "zod"
import { agreedConfidence, contestedConfidence } from "../../src/pipeline/timeblockAgreement.ts"
import { timeblock } from "../support/extractions.ts"

const block = (changes: Partial<ExtractedTimeblock> = {}) =>
  timeblock({ confidence: 80, fieldConfidence: { day: 90, start: 90, end: 90, name: 80 }, ...changes })

const agree = (first: ReadonlyArray<ExtractedTimeblock>, second: ReadonlyArray<ExtractedTimeblock>) =>
  alignBlocks(first, second, timeblockAgreement.similarity).map(timeblockAgreement.merge)

describe("two readings", () => {
  test("are aligned block by block, whatever their order, and none is lost or used twice", () => {
    const arbitraryNames = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 12 })
    fc.assert(
      fc.property(arbitraryNames, arbitraryNames, (first, second) => {
        const pairs = alignBlocks(first, second, (one, other) => Number(one === other))
        expect(pairs.flatMap((pair) => pair.first ?? [])).toEqual(first)
        expect(pairs.flatMap((pair) => pair.second ?? []).sort()).toEqual([...second].sort())
        for (const pair of pairs) if (pair.first !== null && pair.second !== null) expect(pair.second).toBe(pair.first)
        const common = first.filter((name) => second.includes(name))
        expect(pairs.filter((pair) => pair.first !== null && pair.second !== null)).toHaveLength(common.length)
      })
    )
  })

  test("that agree make each other surer, field by field", () => {
    const [merged] = agree([block()], [block({ confidence: 70 })])
    expect(merged).toMatchObject({
      name: "Maths",
      confidence: 94,
      fieldConfidence: { day: 99, start: 99, end: 99, name: 96 }
    })
  })

  test("that differ in a field cost that field and the block their confidence", () => {
    const [merged] = agree([block()], [block({ name: "Moths", confidence: 60 })])
    expect(merged?.name).toBe("Maths")
    expect(merged?.confidence).toBeLessThan(80)
    expect(merged?.fieldConfidence.name).toBeLessThan(80)
    expect(merged?.fieldConfidence.day).toBe(99)
  })

  test("leave a block that only one of them has, and doubt it", () => {
    const lunch = block({ name: "Lunch", startTime: "12:00", endTime: "13:00", confidence: 90 })
    const merged = agree([block()], [block(), lunch])
    expect(merged.map(({ name }) => name)).toEqual(["Maths", "Lunch"])
    expect(merged[1]!.confidence).toBeLessThan(90)
    for (const each of merged) expect(ExtractedTimeblock.parse(each)).toEqual(each)
  })

  test("raise confidence by agreement and never by dispute, and stay between 0 and 1", () => {
    const chance = fc.double({ min: 0, max: 1, noNaN: true })
    fc.assert(
      fc.property(chance, chance, (one, other) => {
        expect(agreedConfidence(one, other)).toBeGreaterThanOrEqual(Math.max(one, other) - 1e-12)
        expect(agreedConfidence(one, other)).toBeLessThanOrEqual(1)
        if (one < 1) expect(contestedConfidence(one, other)).toBeLessThanOrEqual(one + 1e-12)
        expect(contestedConfidence(one, other)).toBeGreaterThanOrEqual(0)
      })
    )
  })

  test("run at once inside one stage, which gives what they agree on", async () => {
    const both = { first: () => {}, second: () => {} }
    const firstBegan = new Promise<void>((resolve) => (both.first = resolve))
    const secondBegan = new Promise<void>((resolve) => (both.second = resolve))
    const reader = <const Name extends string>(name: Name, began: () => void, other: Promise<void>, sees: string) =>
      stage({
        name,
        version: "1",
        needs: { page: z.string() },
        gives: { timeblocks: z.array(ExtractedTimeblock) },
        run: async () => {
          began()
          await other
          return { timeblocks: [block({ name: sees })] }
        }
      })
    const read = consensus(
      "read",
      [reader("tesseract", both.first, secondBegan, "Maths"), reader("paddle", both.second, firstBegan, "Maths")],
      { of: "timeblocks", ...timeblockAgreement }
    )
    const { artifacts, report } = await pipeline("two", { page: z.string() }).use(read).run({ page: "" })
    expect(artifacts.timeblocks).toMatchObject([{ name: "Maths", confidence: 96 }])
    expect(report.stages.map(({ stage: path }) => path).sort()).toEqual(["read", "read/paddle", "read/tesseract"])
  })
})
