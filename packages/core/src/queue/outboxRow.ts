/** From rows of `outbox` to messages, for every store alike. */
import { Effect } from "effect"
import * as z from "zod"
import { json } from "../domain/json.ts"
import { text } from "../domain/text.ts"
import { TimestampCodec } from "../domain/values.ts"
import type { Row } from "../repository/EntityTable.ts"
import { parserFor } from "../repository/parsing.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import type { DeadMessage, OutboxMessage } from "./Outbox.ts"

const OutboxRow = z.object({
  id: z.int(),
  topic: z.string(),
  payload: z.json(),
  attempts: z.int(),
  created_at: TimestampCodec
})

const DeadRow = z.object({ ...OutboxRow.shape, dead_at: TimestampCodec, error: z.string().nullable() })

/** The columns that a message is read from; a dead one has `dead_at` and `error` besides. */
export const outboxColumns: ReadonlyArray<string> = Object.keys(OutboxRow.shape)

const parse = parserFor("outbox")

const messageOf = ({ created_at, ...message }: z.output<typeof OutboxRow>): OutboxMessage => ({
  ...message,
  createdAt: created_at
})

/** The message of a row. */
export const outboxMessageOf = (row: Row): Effect.Effect<OutboxMessage, RepositoryError> =>
  Effect.map(parse(OutboxRow, row), messageOf)

/** The dead message of a row. */
export const deadMessageOf = (row: Row): Effect.Effect<DeadMessage, RepositoryError> =>
  Effect.map(parse(DeadRow, row), ({ dead_at, error, ...message }) => ({
    ...messageOf(message),
    deadAt: dead_at,
    error: error ?? ""
  }))

const Publication = z.object({ topic: text(100).min(1), payload: json(z.json()) })

/** The columns of a new message. */
export const outboxColumnsOf = (topic: string, payload: unknown): Effect.Effect<Row, RepositoryError> =>
  parse(Publication, { topic, payload })
