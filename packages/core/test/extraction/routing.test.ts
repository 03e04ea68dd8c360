import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import {
  acceptanceConfidence,
  interpretPages,
  type RoutingPolicy,
  routeOf,
  UntimedExtraction
} from "../../src/index.ts"
import { drawnWeek } from "./pages.ts"

const sure = UntimedExtraction.parse({
  ...{ schemaVersion: 1, file: "a", documentHash: `sha256:${"0".repeat(64)}`, documentType: "text/x-test", pages: [] },
  ...interpretPages([drawnWeek()]),
  tier: "native",
  confidence: 99
})

const reading = (changed: Partial<UntimedExtraction> = {}): UntimedExtraction => ({ ...sure, ...changed })

const reasonOf = (confidence: number, policy?: RoutingPolicy) => routeOf(reading({ confidence }), policy).reason

describe("the way of a reading", () => {
  it("is acceptance from 98 on, and review below, marked where it is below 80", () => {
    assert.deepStrictEqual(
      [98, 97.99, 80, 79.99].map((confidence) => reasonOf(confidence)),
      [...["confident", "uncertain", "uncertain", "unreadable"]]
    )
  })

  it("follows thresholds of one's own, or the share of wrong blocks that may be accepted", () => {
    assert.strictEqual(reasonOf(90, { acceptFrom: 90 }), "confident")
    assert.strictEqual(reasonOf(85, { doubtBelow: 90 }), "unreadable")
    assert.strictEqual(acceptanceConfidence({ acceptFrom: { errorRate: 0.05 } }), 95)
    assert.strictEqual(reasonOf(94.9, { acceptFrom: { errorRate: 0.05 } }), "uncertain")
    assert.throws(() => acceptanceConfidence({ acceptFrom: { errorRate: 2 } }), RangeError)
  })

  it("is review where nothing was found, or a block has no place in the week, whatever the confidence", () => {
    assert.strictEqual(routeOf(reading({ timeblocks: [], markers: [] })).reason, "no_timetable")
    const [block, ...others] = reading().timeblocks
    const unplaced = [{ ...block!, dayOfWeek: null }, ...others]
    assert.deepStrictEqual(routeOf(reading({ timeblocks: unplaced })), { decision: "review", reason: "unplaced" })
  })

  it("is review for about the share of accepted documents that is asked for, always the same ones", () => {
    const hashes = fc.sample(
      fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 64, maxLength: 64 }),
      {
        numRuns: 400,
        seed: 7
      }
    )
    const sampled = hashes.filter(
      (hash) => routeOf(reading({ documentHash: `sha256:${hash}` }), { sampleShare: 0.2 }).reason === "sampled"
    )
    assert.isAbove(sampled.length, 50)
    assert.isBelow(sampled.length, 120)
    for (const hash of sampled.slice(0, 5))
      assert.strictEqual(routeOf(reading({ documentHash: `sha256:${hash}` }), { sampleShare: 0.2 }).decision, "review")
    assert.strictEqual(routeOf(reading(), { sampleShare: 1 }).reason, "sampled")
  })
})
