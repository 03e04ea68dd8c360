/** The journal of runs in PostgreSQL. Used as a namespace: `PostgresJournal.layer`. */
import { Journal, JournalError, JournalRow } from "@timegrid/core/pipeline"
import { parserFor, type RepositoryError, type Row } from "@timegrid/core/repository"
import { Effect, Layer } from "effect"
import * as z from "zod"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"

const table = "journal"
const parse = parserFor(table)
const Rows = z.array(z.object({ row: JournalRow }))

/** What can be chosen of {@link make}. */
export interface PostgresJournalOptions {
  /**
   * Each run is that of a job, whose id it has: its rows go with the job, and none can be added once the job is gone.
   * Default false.
   */
  readonly ofJobs?: boolean | undefined
}

/** The runs of a schema; each row is one statement, and is there when its `append` has succeeded. */
export const make = ({ ofJobs = false }: PostgresJournalOptions = {}) =>
  Effect.map(PostgresDatabase, ({ name, run, sql }): Journal["Service"] => {
    const journal = name(table)
    const failed = (runId: string) => (cause: RepositoryError) =>
      new JournalError({ runId, isRetryable: cause.isRetryable, cause })
    return {
      append: (runId, row) =>
        run(
          table,
          sql<Row>`INSERT INTO ${journal} (run_id, row, job_id)
            VALUES (${runId}, ${sql.json(row)}, ${ofJobs ? runId : null})`
        ).pipe(Effect.asVoid, Effect.mapError(failed(runId))),
      read: (runId) =>
        run(table, sql<Row>`SELECT row FROM ${journal} WHERE run_id = ${runId} ORDER BY position`).pipe(
          Effect.flatMap((rows) => parse(Rows, rows)),
          Effect.map((rows) => rows.map(({ row }) => row)),
          Effect.mapError(failed(runId))
        ),
      remove: (runId) =>
        run(table, sql<Row>`DELETE FROM ${journal} WHERE run_id = ${runId}`).pipe(
          Effect.asVoid,
          Effect.mapError(failed(runId))
        )
    }
  })

/** Provides `Journal`. */
export const layer: Layer.Layer<Journal, never, PostgresDatabase> = Layer.effect(Journal, make())

/** Provides `Journal` for the runs of jobs: the id of a run is that of its job, with which its rows go. */
export const layerOfJobs: Layer.Layer<Journal, never, PostgresDatabase> = Layer.effect(Journal, make({ ofJobs: true }))
