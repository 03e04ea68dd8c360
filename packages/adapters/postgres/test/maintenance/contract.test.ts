import { MemoryBlobStore } from "@timegrid/core"
import {
  PostgresJobs,
  PostgresJournal,
  PostgresMaintenance,
  PostgresMetricsStore,
  PostgresRepositories
} from "@timegrid/postgres"
import { maintenanceContract } from "@timegrid/testing"
import { Layer } from "effect"
import { describe } from "vitest"
import { freshPostgres, postgresUrl } from "../support/freshPostgres.ts"

const services = PostgresMaintenance.layer.pipe(
  Layer.provideMerge(PostgresJobs.layer()),
  Layer.provideMerge(
    Layer.mergeAll(
      PostgresRepositories.layer,
      PostgresMetricsStore.layer,
      PostgresJournal.layerOfJobs,
      MemoryBlobStore.layer
    )
  ),
  Layer.provide(freshPostgres({ schema: "maintained, 'by' us" }))
)

describe.skipIf(postgresUrl === null)("on a real PostgreSQL", () => maintenanceContract("Postgres", services))
