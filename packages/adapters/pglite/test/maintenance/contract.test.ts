import { MemoryBlobStore } from "@timegrid/core"
import { Pglite } from "@timegrid/pglite"
import {
  PostgresJobs,
  PostgresJournal,
  PostgresMaintenance,
  PostgresMetricsStore,
  PostgresRepositories
} from "@timegrid/postgres"
import { maintenanceContract, metricsStoreContract } from "@timegrid/testing"
import { Layer } from "effect"

const database = Pglite.layer({ folder: null })

maintenanceContract(
  "PGlite",
  PostgresMaintenance.layer.pipe(
    Layer.provideMerge(PostgresJobs.layer()),
    Layer.provideMerge(
      Layer.mergeAll(
        PostgresRepositories.layer,
        PostgresMetricsStore.layer,
        PostgresJournal.layerOfJobs,
        MemoryBlobStore.layer
      )
    ),
    Layer.provide(database)
  )
)

metricsStoreContract("PGlite", Layer.provide(PostgresMetricsStore.layer, database))
