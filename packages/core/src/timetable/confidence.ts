import type { Word } from "../document/Page.ts"
import type { Draft } from "./draft.ts"
import type { Sourced } from "./sourced.ts"

/** Confidence of a block and of its fields, 0 to 1. */
export interface Confidence {
  readonly day: number
  readonly start: number
  readonly end: number
  readonly name: number
  readonly block: number
}

/**
 * What a field that the page leaves open is worth: nothing was read wrong, but whoever needs the value must look. Kept
 * under the default threshold of acceptance.
 */
const openField = 0.9

/** Confidence from evidence: how well the words were read times how well the rule holds. */
export const confidenceOf = (draft: Draft): Confidence => {
  const day = fieldConfidence(draft.day)
  const start = fieldConfidence(draft.start)
  const end = fieldConfidence(draft.end)
  const name = draft.name.certainty * wordConfidence(draft.name.words)
  return { day, start, end, name, block: Math.min(day, start, end, name) * Math.sqrt(day * start * end * name) ** 0.25 }
}

const fieldConfidence = (field: Sourced<number> | null): number =>
  field === null ? openField : field.certainty * wordConfidence(field.words) * (field.repaired ? 0.9 : 1)

/** Between the worst word and the mean: one bad word spoils a name, but not as surely as it is bad itself. */
const wordConfidence = (words: ReadonlyArray<Word>): number => {
  if (words.length === 0) return 1
  const scores = words.map(({ confidence }) => confidence)
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length
  return (mean + Math.min(...scores)) / 2
}

/** Confidence of a document: the mean of its blocks, drawn towards the worst. */
export const documentConfidence = (blocks: ReadonlyArray<number>): number => {
  if (blocks.length === 0) return 0
  const mean = blocks.reduce((sum, block) => sum + block, 0) / blocks.length
  return 0.8 * mean + 0.2 * Math.min(...blocks)
}

/** 0 to 1 as 0 to 100 with two decimals. */
export const percent = (share: number): number => Math.round(10_000 * Math.min(1, Math.max(0, share))) / 100
