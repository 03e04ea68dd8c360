import * as z from "zod"
import { json } from "./json.ts"
import { ClockTime } from "./values.ts"
import { Weekday } from "./Weekday.ts"

const fields = { name: z.string(), startTime: ClockTime.nullable(), endTime: ClockTime.nullable() }

/** A timeblock as drafts may hold it: the weekday is called `day`, `dayOfWeek`, or both alike. */
const KeptTimeblock = z
  .looseObject({ ...fields, day: Weekday.nullish(), dayOfWeek: Weekday.nullish() })
  .refine(({ day, dayOfWeek }) => day === undefined || dayOfWeek === undefined || day === dayOfWeek, {
    path: ["day"],
    message: "day and dayOfWeek must be alike"
  })

/** A timeblock that a person reviews; null is what the page does not say. Open for more. */
export const ReviewTimeblock = z.looseObject({
  ...fields,
  dayOfWeek: Weekday.nullable(),
  /** `dayOfWeek` is its name. */
  day: z.never().optional()
})
export type ReviewTimeblock = z.output<typeof ReviewTimeblock>

/** A draft as `hitl_tasks` may hold it: its timeblocks say `day` or `dayOfWeek`. */
export const KeptReviewDraft = json(z.looseObject({ timeblocks: z.array(KeptTimeblock) }))
export type KeptReviewDraft = z.output<typeof KeptReviewDraft>

/** The timeblocks that a person reviews, always with `dayOfWeek`; open for more. */
export const ReviewDraft = json(z.looseObject({ timeblocks: z.array(ReviewTimeblock) }))
export type ReviewDraft = z.output<typeof ReviewDraft>

/** From a draft in either form to the one that we write: `day` becomes `dayOfWeek`, and who says neither has none. */
export const ReviewDraftCodec = z.codec(KeptReviewDraft, ReviewDraft, {
  decode: ({ timeblocks, ...draft }) => ({
    ...draft,
    timeblocks: timeblocks.map(({ day, dayOfWeek, ...block }) => ({ ...block, dayOfWeek: dayOfWeek ?? day ?? null }))
  }),
  encode: (draft) => draft
})
