import { type ExtractionFilter, type Extractions, extractionTable } from "@timegrid/core/repository"
import { Effect } from "effect"
import type { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { type Conditions, equal } from "./conditions.ts"
import { columnList, givenRows, insertedColumns } from "./givenRows.ts"
import { postgresRepository, storedColumns } from "./postgresRepository.ts"

const conditions: Conditions<ExtractionFilter> = { documentId: equal("document_id"), jobId: equal("job_id") }

export const postgresExtractions = (database: PostgresDatabase["Service"]): Extractions["Service"] => {
  const { name, run, sql } = database
  return {
    ...postgresRepository(database, extractionTable, conditions),
    save: Effect.fnUntraced(function* ({ documentId, jobId, result }) {
      const { schemaVersion } = result
      const row = yield* extractionTable.insertOf({ documentId, jobId, schemaVersion, result })
      const { columns, values } = insertedColumns(database, [row])
      const again = ["document_id", "schema_version", "result"]
      const [kept = {}] = yield* run(
        "extractions",
        sql`INSERT INTO ${name("extractions")} (${columns}) SELECT ${values} FROM ${givenRows(database, "extractions", [row])}
          ON CONFLICT (job_id) DO UPDATE
            SET (${sql.literal(columnList(again))}) = ROW (${sql.literal(again.map((column) => `excluded.${column}`).join(", "))})
          RETURNING ${sql.literal(storedColumns(extractionTable))}`
      )
      return yield* extractionTable.entityOf(kept)
    })
  }
}
