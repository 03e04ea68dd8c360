import { Effect } from "effect"
import { type ExtractionFilter, type Extractions, extractionTable } from "../Extractions.ts"
import type { MemoryDatabase } from "./MemoryDatabase.ts"
import { equal, matching } from "./matching.ts"
import { memoryRepository } from "./memoryRepository.ts"

const matches = matching<ExtractionFilter>({ documentId: equal("document_id"), jobId: equal("job_id") })

export const memoryExtractions = (database: MemoryDatabase["Service"]): Extractions["Service"] => ({
  ...memoryRepository(database, extractionTable, matches),
  save: Effect.fnUntraced(function* ({ documentId, jobId, result }) {
    const { schemaVersion } = result
    const columns = yield* extractionTable.insertOf({ documentId, jobId, schemaVersion, result })
    const row = yield* database.statement((session) => {
      const before = session.rows("extractions").find((row) => row.job_id === columns.job_id)
      const updated = before && session.update("extractions", [before.id], columns)
      return updated ?? session.insert("extractions", columns)
    })
    return yield* extractionTable.entityOf(row)
  })
})
