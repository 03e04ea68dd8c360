import { assert, describe, it } from "@effect/vitest"
import { type PredictedBlock, scoreDocument, summarizeScores, type Truth, type TruthBlock } from "@timegrid/core"
import * as fc from "fast-check"

const truthBlock = (parts: Partial<TruthBlock> = {}): TruthBlock => ({
  day: "Monday",
  start: "09:00",
  end: "10:00",
  name: "Maths",
  notes: null,
  ...parts
})

const truthOf = (...blocks: Array<TruthBlock>): Truth => ({
  id: "a",
  file: "a.pdf",
  kind: "pdf",
  traits: [],
  meta: {},
  blocks
})

const read = (parts: Partial<PredictedBlock> = {}): PredictedBlock => ({
  day: "Monday",
  start: 540,
  end: 600,
  period: null,
  name: "Maths",
  notes: "",
  confidence: null,
  ...parts
})

const score = (truth: Array<TruthBlock>, ...blocks: Array<PredictedBlock>) =>
  scoreDocument(truthOf(...truth), { confidence: 90, blocks })

const f1 = (truth: Array<TruthBlock>, ...blocks: Array<PredictedBlock>) => {
  const { time, block, strict } = score(truth, ...blocks)
  return [time.f1, block.f1, strict.f1]
}

describe("scoreDocument", () => {
  it("gives full marks to an equal block", () => {
    assert.deepStrictEqual(f1([truthBlock()], read()), [1, 1, 1])
  })

  it("counts a wrong end against every measure", () => {
    assert.deepStrictEqual(f1([truthBlock()], read({ end: 605 })), [0, 0, 0])
  })

  it("does not care for case, punctuation and ampersands", () => {
    assert.deepStrictEqual(f1([truthBlock({ name: "Art & Craft" })], read({ name: "ART and craft." })), [1, 1, 1])
  })

  it("leaves the line between name and notes to taste, but not when strict", () => {
    const truth = truthBlock({ name: "Maths", notes: "Ms Quill" })
    assert.deepStrictEqual(f1([truth], read({ name: "Maths Ms Quill" })), [1, 1, 0])
  })

  it("forgives one wrong letter in ten and not one in nine", () => {
    assert.deepStrictEqual(f1([truthBlock({ name: "abcdefghij" })], read({ name: "abcdefghix" })), [1, 1, 0])
    assert.deepStrictEqual(f1([truthBlock({ name: "abcdefghi" })], read({ name: "abcdefghx" })), [1, 0, 0])
  })

  it("never pairs blocks of different days", () => {
    assert.deepStrictEqual(f1([truthBlock()], read({ day: "Tuesday" })), [0, 0, 0])
  })

  it("halves precision for a block that nothing bears out and recall for one that is missing", () => {
    const extra = score([truthBlock()], read(), read({ start: 660, end: 720, name: "Swimming" }))
    assert.deepStrictEqual(extra.block, { precision: 0.5, recall: 1, f1: 2 / 3 })
    const missing = score([truthBlock(), truthBlock({ start: "11:00", end: "12:00", name: "Swimming" })], read())
    assert.deepStrictEqual(missing.block, { precision: 1, recall: 0.5, f1: 2 / 3 })
    assert.strictEqual(missing.misses.length, 1)
  })

  it("pairs so that the sum is best, not the first pair that comes", () => {
    const truth = [truthBlock({ name: "Maths club" }), truthBlock({ name: "Maths" })]
    assert.deepStrictEqual(f1(truth, read({ name: "Maths" }), read({ name: "Maths club" })), [1, 1, 1])
  })

  it("charges nothing for an optional block, found or not", () => {
    const truth = [truthBlock(), truthBlock({ start: "10:00", end: "10:15", name: "Fruit", optional: true })]
    assert.deepStrictEqual(f1(truth, read()), [1, 1, 1])
    assert.deepStrictEqual(f1(truth, read(), read({ start: 600, end: 615, name: "Fruit" })), [1, 1, 1])
  })

  it("takes an inferred end or none, and no other", () => {
    const truth = [truthBlock({ endInferred: true })]
    assert.strictEqual(f1(truth, read({ end: null }))[1], 1)
    assert.strictEqual(f1(truth, read({ end: 660 }))[1], 0)
  })

  it("does not compare an unknown end, and takes another end that the page allows", () => {
    assert.strictEqual(f1([truthBlock({ end: null, endUnknown: true })], read({ end: 615 }))[1], 1)
    assert.strictEqual(f1([truthBlock({ altEnds: ["10:30"] })], read({ end: 630 }))[1], 1)
  })

  it("compares periods where there is no clock, or else the order in the day", () => {
    const truth = [1, 2].map((period) => truthBlock({ start: null, end: null, period, name: `Lesson ${period}` }))
    const inOrder = [1, 2].map((period) => read({ start: null, end: null, name: `Lesson ${period}` }))
    assert.deepStrictEqual(f1(truth, ...inOrder), [1, 1, 1])
    const swapped = [2, 1].map((period) => read({ start: null, end: null, period, name: `Lesson ${3 - period}` }))
    assert.strictEqual(f1(truth, ...swapped)[1], 0)
  })

  it("takes one day or a copy on each where the page names none", () => {
    const truth = [truthBlock({ day: "Any" })]
    assert.deepStrictEqual(f1(truth, read({ day: "Friday" })), [1, 1, 1])
    assert.deepStrictEqual(f1(truth, read(), read({ day: "Tuesday" })), [1, 1, 1])
  })

  it("takes parallel groups together or apart", () => {
    const truth = [truthBlock({ name: "French / German", parts: ["French", "German"] })]
    assert.strictEqual(f1(truth, read({ name: "French German" }))[1], 1)
    assert.strictEqual(f1(truth, read({ name: "French" }), read({ name: "German" }))[1], 1)
  })

  it("finds nothing right to be full marks where there is nothing", () => {
    assert.deepStrictEqual(f1([]), [1, 1, 1])
    assert.deepStrictEqual(f1([], read()), [0, 0, 0])
  })

  it("does not depend on the order in which blocks were read", () => {
    const block = fc.record({
      start: fc.constantFrom(540, 600, 660),
      end: fc.constantFrom(600, 660, 720),
      name: fc.constantFrom("Maths", "Music", "Maths club", "Gym")
    })
    const truth = [
      truthBlock(),
      truthBlock({ start: "10:00", end: "11:00", name: "Music" }),
      truthBlock({ name: "Gym" })
    ]
    fc.assert(
      fc.property(fc.array(block, { maxLength: 6 }), (blocks) => {
        const predicted = blocks.map((parts) => read(parts))
        assert.deepStrictEqual(f1(truth, ...predicted), f1(truth, ...predicted.reverse()))
      })
    )
  })
})

describe("summarizeScores", () => {
  it("counts documents alike in the macro mean and blocks alike in the micro one", () => {
    const whole = score([truthBlock()], read())
    const third = score(
      ["09:00", "11:00", "13:00"].map((start) => truthBlock({ start, end: start.replace(":00", ":30") })),
      read({ end: 570 })
    )
    const summary = summarizeScores([whole, third], 95)
    assert.strictEqual(summary.macro.block, (1 + 0.5) / 2)
    assert.deepStrictEqual(summary.micro.block, { precision: 1, recall: 2 / 4, f1: 4 / 6 })
    assert.strictEqual(summary.perfect, 0.5)
    assert.deepStrictEqual(summary.accepted, { threshold: 95, share: 0, block: null })
  })
})
