import { readingOf } from "../../packages/core/src/confidence/calibrated.ts"
import { doubtsOf } from "../../packages/core/src/confidence/doubts.ts"
import { agreeingFields } from "../../packages/core/src/evaluation/credit.ts"
import { type PredictedBlock, saysSomething } from "../../packages/core/src/evaluation/Prediction.ts"
import { type Page, scoreDocument, type Truth, type TruthBlock, weekdays } from "../../packages/core/src/index.ts"
import type { Draft } from "../../packages/core/src/timetable/draft.ts"
import { readBlocks } from "../../packages/core/src/timetable/interpretPages.ts"
import type { JudgedBlock, Sample } from "./Sample.ts"

/** Interprets the pages of a document and judges each block by the truth. */
export const sampleOf = (truth: Truth, pages: ReadonlyArray<Page>, tier: string): Sample => {
  const blocks = readBlocks(pages)
  const doubts = doubtsOf(blocks)
  const predicted = blocks.map(({ draft }, index) => predictedOf(draft, index)).filter(saysSomething)
  const { hits, misses } = scoreDocument(truth, { confidence: null, blocks: predicted })
  const everyPart = { block: true, day: true, start: true, end: true, name: true }
  const judged = [
    ...hits.map((block): JudgedBlock => ({ doubts: doubts[indexOf(block)]!, right: everyPart })),
    ...misses.flatMap(({ predicted: block, truth: wanted }): ReadonlyArray<JudgedBlock> => {
      if (block === null) return []
      const fields = wanted === null ? nearestFields(block, truth.blocks) : agreeingFields(block, wanted)
      return [{ doubts: doubts[indexOf(block)]!, right: { ...fields, block: false } }]
    })
  ]
  const words = pages.flatMap((page) => page.words)
  return { reading: readingOf(words), tier, layout: truth.traits[0] ?? "", blocks: judged }
}

/** Scoring copies blocks but keeps their confidence, which serves to know them again. */
const predictedOf = (draft: Draft, index: number): PredictedBlock => ({
  day: draft.day === null ? null : weekdays[draft.day.value]!,
  start: draft.start?.value ?? null,
  end: draft.end?.value ?? null,
  period: draft.period,
  name: draft.name.value,
  notes: draft.notes?.value ?? "",
  confidence: index
})

const indexOf = ({ confidence }: PredictedBlock): number => confidence!

/** The fields in which a block agrees with the true one that it is most like. */
const nearestFields = (block: PredictedBlock, truth: ReadonlyArray<TruthBlock>): ReturnType<typeof agreeingFields> =>
  truth
    .map((wanted) => agreeingFields(block, wanted))
    .reduce((nearest, fields) => (agreeing(fields) > agreeing(nearest) ? fields : nearest), {
      day: false,
      start: false,
      end: false,
      name: false
    })

const agreeing = (fields: ReturnType<typeof agreeingFields>): number => Object.values(fields).filter(Boolean).length
