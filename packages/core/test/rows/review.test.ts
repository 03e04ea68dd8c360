import { reviewDraftOf, reviewedResult } from "@timegrid/core/repository"
import { assert, describe, it } from "vitest"
import { block, extraction, marker } from "./results.ts"

const evidence = { name: { words: [], rule: "cell-text", repaired: false } }
const read = extraction({
  timeblocks: [block({ room: "12", evidence }), block({ name: "a\0b", confidence: 50 })],
  markers: [marker({ evidence })]
})

describe("the draft of a review", () => {
  it("is the whole reading without its evidence, each timeblock with its place, as rows can hold it", () => {
    const { evidence: _, ...plain } = block()
    const { evidence: __, ...bell } = marker()
    assert.deepStrictEqual(reviewDraftOf(read), {
      metadata: read.metadata,
      timeblocks: [
        { ...plain, room: "12", index: 0 },
        { ...plain, name: "a\ufffdb", confidence: 50, index: 1 }
      ],
      markers: [bell]
    })
  })
})

describe("a result that a person has reviewed", () => {
  it("is sure and of the person's tier, and everything else is what was read", () => {
    const { confidence, tier, timeblocks, ...rest } = reviewedResult(read, reviewDraftOf(read))
    const { confidence: _, tier: __, timeblocks: ___, ...before } = read
    assert.deepStrictEqual(rest, before)
    assert.deepStrictEqual([confidence, tier], [100, "hitl"])
    assert.deepStrictEqual(
      timeblocks.map(({ confidence, fieldConfidence }) => [confidence, Object.values(fieldConfidence)]),
      [
        [100, [100, 100, 100, 100]],
        [100, [100, 100, 100, 100]]
      ]
    )
  })

  it("takes what a draft leaves out from the block that it was made of", () => {
    const changed = { index: 0, name: "Music", dayOfWeek: "Friday", startTime: "11:00", endTime: null } as const
    const [first] = reviewedResult(read, { timeblocks: [changed] }).timeblocks
    assert.deepInclude(first, { name: "Music", dayOfWeek: "Friday", startTime: "11:00", endTime: null, room: "12" })
    assert.deepStrictEqual(first?.evidence, evidence)
  })

  it("leaves open what nobody says, and what is of another kind than a result's", () => {
    const added = { name: "New", dayOfWeek: null, startTime: null, endTime: null, room: 7, color: "red", index: 9 }
    const [first] = reviewedResult(read, { timeblocks: [added] }).timeblocks
    assert.deepInclude(first, { name: "New", room: null, color: null, className: null, page: 1 })
    assert.deepStrictEqual(first?.evidence, {})
  })
})
