import { FileBlobStore } from "@timegrid/filesystem"
import {
  PostgresJobs,
  PostgresMaintenance,
  PostgresMetricsStore,
  PostgresRepositories,
  postgresLayer
} from "@timegrid/postgres"
import { Layer, Redacted } from "effect"

/** All that maintenance works on, in a database that is up to date and a folder. */
export const servicesOf = (url: string, folder: string) =>
  PostgresMaintenance.layer.pipe(
    Layer.provideMerge(PostgresJobs.layer()),
    Layer.provideMerge(
      Layer.mergeAll(PostgresRepositories.layer, PostgresMetricsStore.layer, FileBlobStore.layer({ folder }))
    ),
    Layer.provideMerge(postgresLayer({ url: Redacted.make(url), maxConnections: 4 }))
  )
