import type { Extraction } from "../extraction/Extraction.ts"
import { type BlockOutcome, calibrationOf } from "./calibration.ts"
import { describeMiss } from "./describeMiss.ts"
import type { DocumentRow, EvaluatedGroup, EvaluatedMiss, EvaluationReport } from "./EvaluationReport.ts"
import { makeGroundingTally } from "./groundingTally.ts"
import { noPrediction, type Prediction } from "./Prediction.ts"
import { riskCoverage } from "./riskCoverage.ts"
import { scoreDocument } from "./score.ts"
import { acceptanceThreshold, summarizeScores } from "./summary.ts"
import type { Truth } from "./Truth.ts"
import { makeWorstList } from "./worstList.ts"

/** A labelled document and what came of reading it. */
export interface EvaluatedDocument {
  readonly truth: Truth
  /** What was read; left out where nothing could be, which counts as no blocks. */
  readonly prediction?: Prediction | undefined
  /** The whole result, where there is one, for its tier and evidence. */
  readonly extraction?: Extraction | null | undefined
  /** Why nothing could be read. */
  readonly failure?: DocumentRow["failure"] | undefined
}

/** How {@link makeEvaluation} reports. */
export interface EvaluationOptions {
  /** Keeps the misses of every document for the report. Default false: only those of the worst. */
  readonly verbose?: boolean
}

/** Sums up documents one after the other; keeps numbers for each block, and words only for the worst. */
export interface Evaluation {
  /** Scores a document and gives its row, misses included. */
  readonly add: (document: EvaluatedDocument) => DocumentRow & { readonly misses: ReadonlyArray<EvaluatedMiss> }
  /** What came of the documents so far, in the order in which they were added. */
  readonly report: () => EvaluationReport
}

/** Shares of wrong blocks for which the report says how much could be accepted. */
const mostRisks = [0.01, 0.02, 0.05]
const worstDocuments = 10
const worstBlocks = 20
const missesOfWorst = 5
const ungroundedExamples = 20

interface Scored {
  readonly row: DocumentRow
  readonly outcomes: ReadonlyArray<BlockOutcome>
}

/** Begins an evaluation of labelled documents. */
export const makeEvaluation = ({ verbose = false }: EvaluationOptions = {}): Evaluation => {
  const scored: Array<Scored> = []
  const worst = {
    documents: makeWorstList<EvaluationReport["worst"]["documents"][number]>(worstDocuments),
    blocks: makeWorstList<EvaluationReport["worst"]["blocks"][number]>(worstBlocks)
  }
  const grounding = makeGroundingTally(ungroundedExamples)

  return {
    add: ({ extraction = null, failure = null, prediction = noPrediction, truth }) => {
      const { hits, misses: missed, ...figures } = scoreDocument(truth, prediction)
      const { file, id, kind, traits } = truth
      const misses = missed.map(describeMiss)
      const row: DocumentRow = { id, file, kind, tier: extraction?.tier ?? null, traits, failure, ...figures }
      const wrong = missed.flatMap(({ predicted }) => predicted ?? [])
      const outcomes = [
        ...hits.map(({ confidence }) => ({ confidence, isRight: true })),
        ...wrong.map(({ confidence }) => ({ confidence, isRight: false }))
      ]
      scored.push({ row: verbose ? { ...row, misses } : row, outcomes })
      for (const miss of misses) {
        if (miss.confidence !== null) worst.blocks.add({ document: id, ...miss }, miss.confidence)
      }
      const block = figures.block.f1
      if (block < 1) worst.documents.add({ document: id, block, misses: misses.slice(0, missesOfWorst) }, 1 - block)
      if (extraction) grounding.add(id, extraction)
      return { ...row, misses }
    },
    report: () => ({
      schemaVersion: 1,
      all: groupOf(scored),
      kinds: groupsBy(scored, ({ kind }) => [kind]),
      tiers: groupsBy(scored, ({ tier }) => [tier ?? "none"]),
      traits: groupsBy(scored, ({ traits }) => [...new Set(traits)]),
      riskCoverage: {
        blocks: riskCoverage(scored.flatMap(blocksOf), mostRisks, acceptanceThreshold),
        documents: riskCoverage(scored.map(documentOf), mostRisks, acceptanceThreshold)
      },
      calibration: calibrationOf(scored.flatMap(({ outcomes }) => outcomes)),
      grounding: grounding.report(),
      worst: { documents: worst.documents.items(), blocks: worst.blocks.items() },
      documents: scored.map(({ row }) => row)
    })
  }
}

const groupOf = (scored: ReadonlyArray<Scored>): EvaluatedGroup => ({
  ...summarizeScores(scored.map(({ row }) => row)),
  calibrationError: calibrationOf(scored.flatMap(({ outcomes }) => outcomes)).error
})

/** A group for each of the names that documents have, in the order of the names. */
const groupsBy = (
  scored: ReadonlyArray<Scored>,
  namesOf: (row: DocumentRow) => ReadonlyArray<string>
): Record<string, EvaluatedGroup> => {
  const members = new Map<string, Array<Scored>>()
  for (const document of scored) {
    for (const name of namesOf(document.row)) {
      const group = members.get(name)
      if (group) group.push(document)
      else members.set(name, [document])
    }
  }
  const names = [...members].sort(([one], [other]) => (one < other ? -1 : 1))
  return Object.fromEntries(names.map(([name, group]) => [name, groupOf(group)]))
}

const blocksOf = ({ outcomes }: Scored) =>
  outcomes.map(({ confidence, isRight }) => ({ confidence, blocks: 1, wrong: isRight ? 0 : 1 }))

const documentOf = ({ outcomes, row }: Scored) => ({
  confidence: row.confidence,
  blocks: outcomes.length,
  wrong: outcomes.filter(({ isRight }) => !isRight).length
})
