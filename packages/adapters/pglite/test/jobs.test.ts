import { PostgresJobs, PostgresJournal, PostgresRepositories } from "@timegrid/postgres"
import {
  auditLogContract,
  jobStoreContract,
  journalContract,
  outboxContract,
  reviewQueueContract,
  savedResultContract
} from "@timegrid/testing"
import { Layer } from "effect"
import { Pglite } from "../src/index.ts"

const database = Pglite.layer({ folder: null })
const store = PostgresJobs.layer().pipe(Layer.provideMerge(PostgresRepositories.layer), Layer.provide(database))

jobStoreContract("PGlite", store)
outboxContract("PGlite", store)
auditLogContract("PGlite", store)
reviewQueueContract("PGlite", store)
savedResultContract("PGlite", store)
journalContract("PGlite", Layer.provide(PostgresJournal.layer, database))
