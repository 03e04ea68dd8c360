import type { Extraction } from "../extraction/Extraction.ts"
import type { EvaluationReport } from "./EvaluationReport.ts"
import {
  type Grounding,
  type GroundingCounts,
  groundedFields,
  groundingOf,
  groundings,
  noGrounding,
  type UngroundedField
} from "./grounding.ts"

/** Adds up how the fields of many extractions are grounded. */
export interface GroundingTally {
  readonly add: (document: string, extraction: Extraction) => void
  /** null while no field has been counted. */
  readonly report: () => EvaluationReport["grounding"]
}

/** Keeps the first `exampleCount` fields that are not grounded, alike ones once. */
export const makeGroundingTally = (exampleCount: number): GroundingTally => {
  const counts = noGrounding()
  const examples = new Map<string, UngroundedField & { readonly document: string }>()
  return {
    add: (document, extraction) => {
      const result = groundingOf(extraction)
      for (const field of groundedFields) {
        for (const kind of groundings) counts[field][kind] += result.counts[field][kind]
      }
      for (const field of result.ungrounded) {
        if (examples.size === exampleCount) return
        const example = { document, ...field }
        examples.set(JSON.stringify(example), example)
      }
    },
    report: () => {
      const all = withShare(sumOf(counts))
      const { day, end, name, notes, start } = counts
      const fields = {
        day: withShare(day),
        start: withShare(start),
        end: withShare(end),
        name: withShare(name),
        notes: withShare(notes)
      }
      return all.share === null ? null : { ...all, fields, examples: [...examples.values()] }
    }
  }
}

const sumOf = (counts: GroundingCounts): Record<Grounding, number> => {
  const all = { printed: 0, inferred: 0, ungrounded: 0 }
  for (const field of groundedFields) for (const kind of groundings) all[kind] += counts[field][kind]
  return all
}

const withShare = (counts: Readonly<Record<Grounding, number>>) => {
  const fields = counts.printed + counts.inferred + counts.ungrounded
  return { ...counts, share: fields > 0 ? (counts.printed + counts.inferred) / fields : null }
}
