import { minutesOf, type PredictedBlock } from "./Prediction.ts"
import type { TruthBlock } from "./Truth.ts"
import { normaliseText, textSimilarity } from "./textSimilarity.ts"

/** What one predicted block earns against one true block. */
export interface Credit {
  /** Day, start and end agree, whatever the text. */
  readonly time: boolean
  /** And the text agrees, but for a tenth of its letters and for where its name ends. */
  readonly block: boolean
  /** And name and notes are equal after normalising. */
  readonly strict: boolean
  /** 0 to 1. */
  readonly textSimilarity: number
  /** What pairing the two is worth: a better measure outweighs every lesser one. */
  readonly weight: number
}

const agreeingText = 0.9

const wholeText = (block: { readonly name: string; readonly notes?: string | null | undefined }): string =>
  [block.name, block.notes].filter(Boolean).join(" ")

const startAgrees = (predicted: PredictedBlock, truth: TruthBlock): boolean =>
  predicted.start === minutesOf(truth.start) || (predicted.start === null && truth.startInferred === true)

const endAgrees = (predicted: PredictedBlock, truth: TruthBlock): boolean => {
  if (truth.endOptional || truth.endUnknown) return true
  if (predicted.end === minutesOf(truth.end)) return true
  if (truth.altEnds?.some((end) => minutesOf(end) === predicted.end)) return true
  if (predicted.end === null && truth.endInferred) return true
  return truth.pointEvent === true && (predicted.end === null || predicted.end === minutesOf(truth.start))
}

const timeAgrees = (predicted: PredictedBlock, truth: TruthBlock, rankInDay: number): boolean => {
  if (truth.timeAmbiguous) return true
  if (minutesOf(truth.start) !== null) return startAgrees(predicted, truth) && endAgrees(predicted, truth)
  return truth.period == null || (predicted.period ?? rankInDay) === truth.period
}

/** Shared minutes over all minutes of two spans; 0 to 1. */
const overlapOf = (predicted: PredictedBlock, truth: TruthBlock, time: boolean): number => {
  const truthStart = minutesOf(truth.start)
  if (truthStart === null || predicted.start === null) return time ? 1 : 0
  const predictedEnd = predicted.end ?? predicted.start
  const truthEnd = minutesOf(truth.end) ?? truthStart
  const shared = Math.min(predictedEnd, truthEnd) - Math.max(predicted.start, truthStart)
  const whole = Math.max(predictedEnd, truthEnd) - Math.min(predicted.start, truthStart)
  return Math.max(0, shared) / Math.max(1, whole)
}

const textAgreement = (predicted: PredictedBlock, truth: TruthBlock): number => {
  const names = [truth.name, ...(truth.altNames ?? [])]
  const read = wholeText(predicted)
  return Math.max(
    ...names.flatMap((name) => [textSimilarity(predicted.name, name), textSimilarity(read, name)]),
    textSimilarity(read, wholeText(truth))
  )
}

/** In which of its fields a block agrees with a true one; times that the truth leaves open agree with all. */
export const agreeingFields = (
  predicted: PredictedBlock,
  truth: TruthBlock
): Readonly<Record<"day" | "start" | "end" | "name", boolean>> => {
  const isOpen = truth.timeAmbiguous === true || minutesOf(truth.start) === null
  return {
    day: truth.day === "Any" || predicted.day === truth.day,
    start: isOpen || startAgrees(predicted, truth),
    end: isOpen || endAgrees(predicted, truth),
    name: textAgreement(predicted, truth) >= agreeingText
  }
}

/** `rankInDay` counts from 1 and stands in for a period that was not read. Both blocks are of one day. */
export const creditOf = (predicted: PredictedBlock, truth: TruthBlock, rankInDay: number): Credit => {
  const time = timeAgrees(predicted, truth, rankInDay)
  const names = [truth.name, ...(truth.altNames ?? [])]
  const similarity = textAgreement(predicted, truth)
  const block = time && similarity >= agreeingText
  const strict =
    time &&
    names.some((name) => normaliseText(predicted.name) === normaliseText(name)) &&
    normaliseText(predicted.notes) === normaliseText(truth.notes ?? "")
  const overlap = overlapOf(predicted, truth, time)
  const weight = (strict ? 4 : 0) + (block ? 8 : 0) + (time ? 2 : 0) + similarity + overlap
  return { time, block, strict, textSimilarity: similarity, weight }
}

/** Whether a pair is close enough for the predicted block to count as an attempt at the true one. */
export const isAttempt = (credit: Credit): boolean => credit.block || credit.time || credit.textSimilarity > 0.5

/** The identity of what a reader said, without its day. */
export const sayingOf = (block: PredictedBlock): string =>
  [block.start, block.end, normaliseText(wholeText(block))].join("|")

/** Whether a predicted block is one of the parallel groups of a true one. */
export const isPart = (predicted: PredictedBlock, truth: TruthBlock, part: string): boolean =>
  predicted.day === truth.day &&
  predicted.start === minutesOf(truth.start) &&
  textSimilarity(wholeText(predicted), part) >= 0.8
