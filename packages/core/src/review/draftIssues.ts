import type * as z from "zod"
import { ReviewDraft } from "../domain/ReviewDraft.ts"
import { TimeblockInput } from "../domain/Timeblock.ts"
import type { DraftIssue } from "./ReviewQueueError.ts"

/**
 * Why a draft cannot be kept; none when it can. It may be unfinished: with open times, and two timeblocks at once.
 */
export const draftIssues = (draft: unknown): ReadonlyArray<DraftIssue> => {
  const parsed = ReviewDraft.safeParse(draft)
  return parsed.success ? [] : parsed.error.issues.map(draftIssue)
}

/**
 * Why a draft cannot be the end of a review; none when it can. What the page does not say may stay open; a name may not
 * be empty or longer than a timeblock can have.
 */
export const finalIssues = (draft: ReviewDraft): ReadonlyArray<DraftIssue> => {
  const issues = draftIssues(draft)
  if (issues.length > 0) return issues
  return draft.timeblocks.flatMap(({ name }, index) => {
    const pointer = `/timeblocks/${index}/name`
    if (name.trim() === "") return [{ pointer, message: "A timeblock must have a name" }]
    const parsed = TimeblockInput.shape.name.safeParse(name)
    return parsed.success ? [] : parsed.error.issues.map(({ message }) => ({ pointer, message }))
  })
}

const draftIssue = ({ message, path }: z.core.$ZodIssue): DraftIssue => ({
  pointer: path.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
  message
})
