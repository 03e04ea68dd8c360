/** The entity of the table `hitl_tasks`. */
import * as z from "zod"
import {
  changesSchema,
  codecColumn,
  column,
  fixtureSchema,
  inputSchema,
  insertSchema,
  nullable,
  nullableWithDefault,
  primaryKey,
  publicSchema,
  rowCodec,
  rowSchema,
  timestamp,
  timestamps,
  updateSchema,
  withDefault
} from "./columns.ts"
import { json } from "./json.ts"
import { KeptReviewDraft, ReviewDraft, ReviewDraftCodec } from "./ReviewDraft.ts"
import { ranks } from "./ranks.ts"
import { text } from "./text.ts"
import { Uuid } from "./values.ts"

/** How soon a review is wanted, least first. */
export const reviewPriorities = ["low", "normal", "high", "urgent"] as const

/** One of {@link reviewPriorities}. */
export const ReviewPriority = z.enum(reviewPriorities)
export type ReviewPriority = z.output<typeof ReviewPriority>

/** Order of priorities: low is 0, urgent 3. */
export const reviewPriorityRanks = ranks(reviewPriorities)

/** How far a review has come. */
export const ReviewTaskStatus = z.enum(["pending", "assigned", "in_progress", "completed", "cancelled"])
export type ReviewTaskStatus = z.output<typeof ReviewTaskStatus>

/** What is known of a review task besides its columns; open for more. */
export const ReviewTaskMetadata = json(
  z.looseObject({
    /** Work in progress. */
    draft: ReviewDraft.optional()
  })
)
export type ReviewTaskMetadata = z.output<typeof ReviewTaskMetadata>

const ReviewTaskMetadataCodec = z.codec(
  json(z.looseObject({ draft: KeptReviewDraft.optional() })),
  ReviewTaskMetadata,
  {
    decode: ({ draft, ...metadata }) =>
      draft === undefined ? metadata : { ...metadata, draft: z.decode(ReviewDraftCodec, draft) },
    encode: (metadata) => metadata
  }
)

const columns = {
  id: primaryKey,
  jobId: column(Uuid),
  assignedTo: nullable(column(Uuid)),
  priority: nullableWithDefault(column(ReviewPriority), "normal"),
  status: withDefault(column(ReviewTaskStatus), "pending"),
  /** The first output of the machine, untouched. */
  draftData: nullable(codecColumn(ReviewDraftCodec)),
  /** What a person made of it. */
  finalData: nullable(codecColumn(ReviewDraftCodec)),
  reviewNotes: nullable(column(text())),
  metadata: nullableWithDefault(codecColumn(ReviewTaskMetadataCodec), {}),
  assignedAt: nullable(timestamp),
  startedAt: nullable(timestamp),
  completedAt: nullable(timestamp),
  ...timestamps
}

/** A row of `hitl_tasks`. */
export const ReviewTaskRow = rowSchema(columns)
export type ReviewTaskRow = z.output<typeof ReviewTaskRow>

/** A row of `hitl_tasks` as fixtures write it. */
export const ReviewTaskFixture = fixtureSchema(columns)
export type ReviewTaskFixture = z.output<typeof ReviewTaskFixture>

/** What a caller gives for a new review task. */
export const ReviewTaskInput = inputSchema(columns)
export type ReviewTaskInput = z.input<typeof ReviewTaskInput>

/** From {@link ReviewTaskInput} to the columns of an `INSERT` into `hitl_tasks`. */
export const ReviewTaskInsert = insertSchema(columns, ReviewTaskInput)
export type ReviewTaskInsert = z.output<typeof ReviewTaskInsert>

/** What a caller may change in a review task. */
export const ReviewTaskChanges = changesSchema(columns)
export type ReviewTaskChanges = z.input<typeof ReviewTaskChanges>

/** From {@link ReviewTaskChanges} to the columns of an `UPDATE` of `hitl_tasks`. */
export const ReviewTaskUpdate = updateSchema(columns, ReviewTaskChanges)
export type ReviewTaskUpdate = z.output<typeof ReviewTaskUpdate>

/** A review task as callers see it. */
export const ReviewTask = publicSchema(columns)
export type ReviewTask = z.output<typeof ReviewTask>

/** Between rows of `hitl_tasks` and {@link ReviewTask}. */
export const ReviewTaskCodec = rowCodec(columns, ReviewTaskRow, ReviewTask)
