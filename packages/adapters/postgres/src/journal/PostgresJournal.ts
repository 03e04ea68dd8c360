/** The journal of runs in PostgreSQL. Used as a namespace: `PostgresJournal.layer`. */
import { Journal, JournalError, JournalRow } from "@timegrid/core/pipeline"
import { parserFor, type RepositoryError, type Row } from "@timegrid/core/repository"
import { Effect, Layer } from "effect"
import * as z from "zod"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"

const table = "journal"
const parse = parserFor(table)
const Rows = z.array(z.object({ row: JournalRow }))

/** The runs of a schema; each row is one statement, and is there when its `append` has succeeded. */
export const make = Effect.map(PostgresDatabase, ({ name, run, sql }): Journal["Service"] => {
  const journal = name(table)
  const failed = (runId: string) => (cause: RepositoryError) =>
    new JournalError({ runId, isRetryable: cause.isRetryable, cause })
  return {
    append: (runId, row) =>
      run(table, sql<Row>`INSERT INTO ${journal} (run_id, row) VALUES (${runId}, ${sql.json(row)})`).pipe(
        Effect.asVoid,
        Effect.mapError(failed(runId))
      ),
    read: (runId) =>
      run(table, sql<Row>`SELECT row FROM ${journal} WHERE run_id = ${runId} ORDER BY position`).pipe(
        Effect.flatMap((rows) => parse(Rows, rows)),
        Effect.map((rows) => rows.map(({ row }) => row)),
        Effect.mapError(failed(runId))
      )
  }
})

/** Provides `Journal`. */
export const layer: Layer.Layer<Journal, never, PostgresDatabase> = Layer.effect(Journal, make)
