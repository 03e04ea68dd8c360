import {
  auditLogContract,
  jobStoreContract,
  journalContract,
  outboxContract,
  reviewQueueContract,
  savedResultContract
} from "@timegrid/testing"
import { Layer } from "effect"
import { describe } from "vitest"
import * as PostgresJobs from "../../src/jobs/PostgresJobs.ts"
import * as PostgresJournal from "../../src/journal/PostgresJournal.ts"
import * as PostgresRepositories from "../../src/repositories/PostgresRepositories.ts"
import { freshPostgres, postgresUrl } from "../support/freshPostgres.ts"

/** A schema with a name that must be quoted everywhere. */
const schema = 'jobs "of" ours'

const store = PostgresJobs.layer().pipe(
  Layer.provideMerge(PostgresRepositories.layer),
  Layer.provide(freshPostgres({ schema }))
)

describe.skipIf(postgresUrl === null)("on a real PostgreSQL", () => {
  jobStoreContract("Postgres", store)
  outboxContract("Postgres", store)
  auditLogContract("Postgres", store)
  reviewQueueContract("Postgres", store)
  savedResultContract("Postgres", store)
  journalContract("Postgres", Layer.provide(PostgresJournal.layer, freshPostgres({ schema })))
})
