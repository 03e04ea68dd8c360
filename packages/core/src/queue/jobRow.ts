/** Between rows of `processing_jobs` and the records of `JobRecords`, for every store alike. */
import { Effect } from "effect"
import * as z from "zod"
import { json } from "../domain/json.ts"
import { queueNames } from "../domain/redis/queues.ts"
import { text } from "../domain/text.ts"
import { TimestampCodec } from "../domain/values.ts"
import type { Row } from "../repository/EntityTable.ts"
import { processingJobTable } from "../repository/ProcessingJobs.ts"
import { parserFor } from "../repository/parsing.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import type { JobPlacement, JobRecord, JobRecordChanges } from "./JobRecords.ts"

const QueueRow = z.object({
  queue: z.enum(queueNames).nullable(),
  priority: z.int(),
  available_at: TimestampCodec,
  lease_owner: z.string().nullable(),
  lease_expires_at: TimestampCodec.nullable(),
  fencing_token: z.int(),
  poison_count: z.int(),
  checkpoint: z.json().nullable(),
  now: TimestampCodec
})

/** The columns that {@link jobRecordOf} reads, besides `now`, the store's clock. */
export const jobRecordColumns: ReadonlyArray<string> = [
  ...processingJobTable.columns,
  "version",
  ...Object.keys(QueueRow.shape).filter((column) => column !== "now")
]

const parse = parserFor(processingJobTable.name)

/** The record of a row that has {@link jobRecordColumns} and `now`. */
export const jobRecordOf = Effect.fnUntraced(function* (row: Row): Effect.fn.Return<JobRecord, RepositoryError> {
  const job = yield* processingJobTable.entityOf(row)
  const queue = yield* parse(QueueRow, row)
  return {
    job,
    queue: queue.queue,
    priority: queue.priority,
    availableAt: queue.available_at,
    hold:
      queue.lease_expires_at === null ? null : { owner: queue.lease_owner ?? "", expiresAt: queue.lease_expires_at },
    token: queue.fencing_token,
    lostLeases: queue.poison_count,
    checkpoint: queue.checkpoint,
    now: queue.now
  }
})

const Placement = z.object({
  queue: z.enum(queueNames),
  priority: z.int().min(-32_768).max(32_767),
  idempotencyKey: text(255).nullable()
})

/** The columns of a new job's place in the queue. */
export const placementColumnsOf = (placement: JobPlacement): Effect.Effect<Row, RepositoryError> =>
  Effect.map(parse(Placement, placement), ({ idempotencyKey, priority, queue }) => ({
    queue,
    priority,
    idempotency_key: idempotencyKey
  }))

/** What a worker may call itself. */
export const parseOwner = (owner: string): Effect.Effect<string, RepositoryError> => parse(text(255), owner)

const Checkpoint = json(z.json())

/** The columns that change. */
export const jobColumnsOf = Effect.fnUntraced(function* (
  changes: JobRecordChanges
): Effect.fn.Return<Row, RepositoryError> {
  const { availableAt, checkpoint, hold, job = {}, lostLeases, queue, token, wokenAt } = changes
  return {
    ...(yield* processingJobTable.updateOf(job)),
    ...(queue !== undefined && { queue }),
    ...(availableAt !== undefined && { available_at: new Date(availableAt) }),
    ...(hold !== undefined && {
      lease_owner: hold?.owner ?? null,
      lease_expires_at: hold === null ? null : new Date(hold.expiresAt)
    }),
    ...(token !== undefined && { fencing_token: token }),
    ...(lostLeases !== undefined && { poison_count: lostLeases }),
    ...(checkpoint !== undefined && { checkpoint: yield* parse(Checkpoint, checkpoint) }),
    ...(wokenAt !== undefined && { woken_at: new Date(wokenAt) })
  }
})
