import { type PredictedBlock, type Prediction, type Truth, type TruthBlock, weekdays } from "@timegrid/core"
import * as fc from "fast-check"

/** Few names, so that blocks are easily taken for each other. */
const name = fc.constantFrom("Maths", "Maths club", "Art & Craft", "Music", "PE", "Éducation physique", "Lunch")
const notes = fc.constantFrom(null, "Ms Quill", "Room 4", "B (2)")
const day = fc.constantFrom(...weekdays.slice(0, 3))
const halfHour = fc.integer({ min: 16, max: 30 }).map((half) => half * 30)
const flag = fc.option(fc.constant(true), { nil: undefined, freq: 5 })

const printed = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

/** Leaves undefined values out, as JSON does. */
const defined = <T extends object>(value: T): T => JSON.parse(JSON.stringify(value))

const timedBlock: fc.Arbitrary<TruthBlock> = fc
  .record({
    day,
    start: halfHour,
    minutes: fc.constantFrom(30, 60),
    name,
    notes,
    optional: flag,
    startInferred: flag,
    endInferred: flag,
    endUnknown: flag,
    endOptional: flag,
    pointEvent: flag,
    timeAmbiguous: flag,
    altNames: fc.option(fc.array(name, { maxLength: 2 }), { nil: undefined, freq: 4 }),
    altEnds: fc.option(fc.array(halfHour.map(printed), { maxLength: 2 }), { nil: undefined, freq: 4 }),
    parts: fc.option(fc.uniqueArray(name, { minLength: 2, maxLength: 2 }), { nil: undefined, freq: 6 })
  })
  .map(({ minutes, start, ...block }) =>
    defined({ ...block, start: printed(start), end: block.pointEvent ? null : printed(start + minutes) })
  )

const periodBlock: fc.Arbitrary<TruthBlock> = fc
  .record({ day, period: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }), name, notes })
  .map((block) => ({ ...block, start: null, end: null }))

const weekless = (blocks: Array<TruthBlock>): Array<TruthBlock> => blocks.map((block) => ({ ...block, day: "Any" }))

/** A labelled document with every flag that a truth may carry. */
export const truth: fc.Arbitrary<Truth> = fc
  .record({
    id: fc.stringMatching(/^[a-z]{1,8}$/),
    kind: fc.constantFrom("pdf", "png"),
    traits: fc.uniqueArray(fc.constantFrom("ruled", "rotated", "24h"), { maxLength: 3 }),
    blocks: fc.oneof(
      { weight: 6, arbitrary: fc.array(timedBlock, { maxLength: 12 }) },
      { weight: 2, arbitrary: fc.array(periodBlock, { maxLength: 8 }) },
      { weight: 1, arbitrary: fc.array(timedBlock, { maxLength: 6 }).map(weekless) }
    )
  })
  .map((labels) => ({ ...labels, file: `${labels.id}.${labels.kind}`, meta: {} }))

const minutesOf = (clock: string | null): number | null =>
  clock === null ? null : Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** What a reader without a fault takes off the page that a truth describes. */
export const perfectPrediction = (labels: Truth, confidence = 100): Prediction => ({
  confidence,
  blocks: labels.blocks.map((block) => ({
    day: block.day === "Any" ? "Tuesday" : block.day,
    start: minutesOf(block.start),
    end: minutesOf(block.end),
    period: block.period ?? null,
    name: block.name,
    notes: block.notes ?? "",
    confidence
  }))
})

const confidence = fc.option(fc.constantFrom(0, 55.5, 80, 97.99, 98, 99.43, 100), { nil: null, freq: 8 })

type Slip = (block: PredictedBlock) => ReadonlyArray<PredictedBlock>

/** Ways in which readers go wrong with a block. */
const slip: fc.Arbitrary<Slip> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Slip>((block) => [block]) },
  fc.constantFrom<Slip>(
    () => [],
    (block) => [block, { ...block }],
    (block) => [{ ...block, end: null }],
    (block) => [{ ...block, start: null }],
    (block) => [{ ...block, end: (block.end ?? 600) + 5 }],
    (block) => [{ ...block, day: null }],
    (block) => [{ ...block, name: `${block.name} ${block.notes}`, notes: "" }],
    (block) => [{ ...block, name: block.name.slice(1) }],
    (block) => [{ ...block, name: block.name.toUpperCase() }],
    (block) => [{ ...block, name: "–", notes: "" }],
    (block) => [{ ...block, period: null }]
  )
)

/** A labelled document with what an imperfect reader makes of it, in any order. */
export const readDocument: fc.Arbitrary<{ readonly truth: Truth; readonly prediction: Prediction }> = truth.chain(
  (labels) => {
    const { blocks } = perfectPrediction(labels)
    const size = { minLength: blocks.length, maxLength: blocks.length }
    return fc
      .record({
        slips: fc.array(fc.tuple(slip, confidence), size),
        order: fc.array(fc.nat(), size),
        confidence
      })
      .map(({ confidence, order, slips }) => ({
        truth: labels,
        prediction: {
          confidence,
          blocks: blocks
            .flatMap((block, index) => {
              const [slipOf, blockConfidence] = slips[index]!
              return slipOf({ ...block, confidence: blockConfidence }).map((read) => ({ read, place: order[index]! }))
            })
            .sort((one, other) => one.place - other.place)
            .map(({ read }) => read)
        }
      }))
  }
)
