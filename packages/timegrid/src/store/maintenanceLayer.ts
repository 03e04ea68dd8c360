/** Everything that maintenance works on, where the settings say it lies; each part is loaded only where it is used. */
import { existsSync } from "node:fs"
import path from "node:path"
import type { BlobCapability, BlobStore } from "@timegrid/core"
import type { MaintenanceServices } from "@timegrid/core/maintenance"
import type { MetricsStore } from "@timegrid/core/metrics"
import type { DatabaseServices, PostgresDatabase } from "@timegrid/postgres"
import { Effect, Layer } from "effect"
import { isMissingPackage } from "../optionalPackage.ts"
import { StoreError } from "./StoreError.ts"
import type { StoreSettings } from "./StoreSettings.ts"

const capabilities: ReadonlyArray<BlobCapability> = ["versions", "presignedGet", "presignedPost", "postSizeRange"]

/** A package that is installed beside this one where it is used. */
const load = <Module>(name: string, start: () => Promise<Module>): Effect.Effect<Module, StoreError> =>
  Effect.tryPromise({
    try: start,
    catch: (cause) =>
      new StoreError({
        message: isMissingPackage(cause, name)
          ? `${name} is not installed; npm install ${name}.`
          : `${name} cannot be loaded.`,
        cause
      })
  })

const loadPostgres = load("@timegrid/postgres", () => import("@timegrid/postgres"))

/** Its failure in one sentence. */
const opened = <A, R>(what: string, layer: Layer.Layer<A, unknown, R>): Layer.Layer<A, StoreError, R> =>
  Layer.catch(layer, (cause) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    const error =
      cause instanceof StoreError ? cause : new StoreError({ message: `${what} cannot be opened: ${reason}`, cause })
    return Layer.unwrap(Effect.fail(error))
  })

/** The database of a URL must be up to date; the embedded one is brought up to date when it is opened. */
const databaseLayer = Effect.fnUntraced(function* ({
  databaseUrl,
  folder,
  schema
}: StoreSettings): Effect.fn.Return<Layer.Layer<DatabaseServices, unknown>, StoreError> {
  if (databaseUrl === null) {
    const place = path.join(folder, "database")
    if (!existsSync(place)) return yield* new StoreError({ message: `There is no database in ${folder}.` })
    const { Pglite } = yield* load("@timegrid/pglite", () => import("@timegrid/pglite"))
    return Pglite.layer({ folder: place, schema })
  }
  const { migrationStatus, postgresLayer, postgresMigrations } = yield* loadPostgres
  return Layer.tap(postgresLayer({ url: databaseUrl, schema, maxConnections: 4 }), (services) =>
    Effect.gen(function* () {
      const migrations = yield* postgresMigrations
      const statuses = yield* Effect.provideContext(migrationStatus({ migrations, schema }), services)
      const isBehind = statuses.some(({ state }) => state !== "applied")
      if (isBehind) return yield* new StoreError({ message: "The database is not up to date; run timegrid migrate." })
    })
  )
})

const blobLayer = Effect.fnUntraced(function* ({
  bucket,
  folder
}: StoreSettings): Effect.fn.Return<Layer.Layer<BlobStore, unknown>, StoreError> {
  if (bucket === null) {
    const { FileBlobStore } = yield* load("@timegrid/filesystem", () => import("@timegrid/filesystem"))
    return FileBlobStore.layer({ folder: path.join(folder, "blobs") })
  }
  const unknown = bucket.lacks.find((name) => !capabilities.some((capability) => capability === name))
  if (unknown !== undefined) {
    return yield* new StoreError({ message: `S3_LACKS knows no ${unknown}; it knows ${capabilities.join(", ")}.` })
  }
  const { S3BlobStore } = yield* load("@timegrid/s3", () => import("@timegrid/s3"))
  return S3BlobStore.layer({ ...bucket, lacks: capabilities.filter((name) => bucket.lacks.includes(name)) })
})

const metricsLayer = Effect.fnUntraced(function* ({
  timescaleUrl
}: StoreSettings): Effect.fn.Return<Layer.Layer<MetricsStore, unknown, PostgresDatabase>, StoreError> {
  const { PostgresMetricsStore, postgresLayer } = yield* loadPostgres
  if (timescaleUrl === null) return PostgresMetricsStore.layer
  const { TimescaleMetricsStore } = yield* load("@timegrid/timescale", () => import("@timegrid/timescale"))
  return Layer.provide(TimescaleMetricsStore.layer, postgresLayer({ url: timescaleUrl, maxConnections: 2 }))
})

/** Fails with one sentence about the part that cannot be had. */
export const maintenanceLayer = (settings: StoreSettings): Layer.Layer<MaintenanceServices, StoreError> =>
  Layer.unwrap(
    Effect.gen(function* () {
      const database = opened("The database", yield* databaseLayer(settings))
      const blobs = opened("The store of blobs", yield* blobLayer(settings))
      const metrics = opened("The store of metrics", yield* metricsLayer(settings))
      const { PostgresJobs, PostgresMaintenance, PostgresRepositories } = yield* loadPostgres
      return PostgresMaintenance.layer.pipe(
        Layer.provideMerge(PostgresJobs.layer()),
        Layer.provideMerge(Layer.mergeAll(PostgresRepositories.layer, metrics, blobs)),
        Layer.provide(database)
      )
    })
  )
