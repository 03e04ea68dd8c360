/** What a person has put right in a draft: what a report of accuracy counts. */
import * as z from "zod"
import type { ReviewDraft, ReviewTimeblock } from "../domain/ReviewDraft.ts"
import { Count } from "../domain/values.ts"
import { textSimilarity } from "../evaluation/textSimilarity.ts"
import { alignBlocks } from "../pipeline/alignBlocks.ts"

/** The fields of a timeblock that are compared. */
const correctedFields = ["dayOfWeek", "startTime", "endTime", "name", "notes"] as const

const Value = z.string().nullable()

/** The difference between the first output of the machine and what a person made of it; kept with the review task. */
export const ReviewCorrections = z.object({
  /** Timeblocks that were right in every field. */
  kept: Count,
  /** Timeblocks of which some fields were wrong, by their places in the draft and in what became of it. */
  changed: z.array(
    z.object({
      draftIndex: Count,
      finalIndex: Count,
      fields: z.partialRecord(z.enum(correctedFields), z.object({ from: Value, to: Value }))
    })
  ),
  /** Places in the draft of timeblocks that are none. */
  removed: z.array(Count),
  /** Places in what became of it of timeblocks that the draft had not. */
  added: z.array(Count)
})
export type ReviewCorrections = z.output<typeof ReviewCorrections>

type Indexed = { readonly index: number; readonly block: ReviewTimeblock }

/** Pairs the timeblocks that are meant to be the same ones and compares them; a draft of null had none. */
export const reviewCorrections = (draft: ReviewDraft | null, final: ReviewDraft): ReviewCorrections => {
  const indexed = (blocks: ReadonlyArray<ReviewTimeblock>) => blocks.map((block, index): Indexed => ({ index, block }))
  const corrections: ReviewCorrections = { kept: 0, changed: [], removed: [], added: [] }
  for (const { first, second } of alignBlocks(
    indexed(draft?.timeblocks ?? []),
    indexed(final.timeblocks),
    similarity
  )) {
    if (second === null) corrections.removed.push(first.index)
    else if (first === null) corrections.added.push(second.index)
    else {
      const fields = differences(first.block, second.block)
      if (Object.keys(fields).length === 0) corrections.kept += 1
      else corrections.changed.push({ draftIndex: first.index, finalIndex: second.index, fields })
    }
  }
  return corrections
}

const differences = (from: ReviewTimeblock, to: ReviewTimeblock): ReviewCorrections["changed"][number]["fields"] =>
  Object.fromEntries(
    correctedFields.flatMap((field) =>
      fieldOf(from, field) === fieldOf(to, field)
        ? []
        : [[field, { from: fieldOf(from, field), to: fieldOf(to, field) }]]
    )
  )

/** Notes are a field that drafts need not have. */
const fieldOf = (block: ReviewTimeblock, field: (typeof correctedFields)[number]): string | null => {
  const value = block[field]
  return typeof value === "string" ? value : null
}

/**
 * A draft that says which timeblock of the result each one is made of settles it. Else where it stands in the week says
 * as much as its name does.
 */
const similarity = ({ block: one }: Indexed, { block: other }: Indexed): number =>
  typeof one.index === "number" && one.index === other.index ? 1 : likeness(one, other)

const likeness = (one: ReviewTimeblock, other: ReviewTimeblock): number =>
  0.25 * Number(one.dayOfWeek === other.dayOfWeek) +
  0.25 * Number(one.startTime === other.startTime) +
  0.1 * Number(one.endTime === other.endTime) +
  0.3 * textSimilarity(one.name, other.name) +
  // Of two that are alike the one that is equal in every field is meant.
  0.05 * Number(one.name === other.name) +
  0.05 * Number(fieldOf(one, "notes") === fieldOf(other, "notes"))
