import { assert, describe, it } from "@effect/vitest"
import { decodePrediction, type PredictedBlock } from "@timegrid/core"
import { extraction } from "./extractions.ts"

const maths: PredictedBlock = {
  day: "Monday",
  start: 540,
  end: 600,
  period: null,
  name: "Maths",
  notes: "Room 4",
  confidence: 91
}

const inOurWords = {
  dayOfWeek: "Monday",
  startTime: "09:00",
  endTime: "10:00",
  name: "Maths",
  notes: "Room 4",
  confidence: 91
}

describe("decodePrediction", () => {
  it("takes a whole extraction and keeps it", () => {
    const whole = extraction({ timeblocks: [{ notes: "Room 4", confidence: 91 }] })
    const { extraction: kept, prediction } = decodePrediction(JSON.parse(JSON.stringify(whole)))
    assert.deepStrictEqual(kept, whole)
    assert.deepStrictEqual(prediction.blocks, [maths])
  })

  it("takes what other readers write, wherever they put their blocks", () => {
    const inWordsOfTruth = {
      day: "Monday",
      start: "9:00",
      end: "10.00",
      name: "Maths",
      notes: "Room 4",
      confidence: 91
    }
    const forms = [
      { confidence: 70, timeblocks: [inOurWords] },
      { confidence: 70, timetable: { timeblocks: [inOurWords] } },
      { confidence: 70, blocks: [inWordsOfTruth] },
      [{ confidence: 70, timeblocks: [inOurWords] }]
    ]
    for (const form of forms) {
      assert.deepStrictEqual(decodePrediction(form), {
        prediction: { confidence: 70, blocks: [maths] },
        extraction: null
      })
    }
  })

  it("takes a marker for a block without an end, and leaves out what says nothing", () => {
    const markers = [
      { dayOfWeek: "Monday", time: "09:00", name: "Bell" },
      { dayOfWeek: "Monday", time: "09:00", name: "***" }
    ]
    assert.deepStrictEqual(decodePrediction({ timeblocks: [], markers }).prediction, {
      confidence: null,
      blocks: [{ ...maths, end: null, name: "Bell", notes: "", confidence: null }]
    })
  })

  it("gives no day to a block whose day is none", () => {
    const { prediction } = decodePrediction({ timeblocks: [{ ...inOurWords, dayOfWeek: "Someday" }] })
    assert.deepStrictEqual(prediction.blocks, [{ ...maths, day: null }])
  })

  it("refuses what holds no blocks that can be read", () => {
    for (const json of [null, "blocks", { timeblocks: "none" }, { timeblocks: [{ name: 5 }] }, { confidence: 120 }]) {
      assert.throws(() => decodePrediction(json))
    }
  })
})
