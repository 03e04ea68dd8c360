/** The stores of a server: each at the URL that its configuration names, else its stand-in in the data folder. */
import { createHash } from "node:crypto"
import path from "node:path"
import { type BlobError, BlobStore, type Cache, type CacheReferences } from "@timegrid/core"
import type { JobArchive, MaintenanceRecords } from "@timegrid/core/maintenance"
import type { MetricsStore } from "@timegrid/core/metrics"
import type { Journal } from "@timegrid/core/pipeline"
import { type JobServices, MemoryWakeUps, type QueueError, type WakeUps } from "@timegrid/core/queue"
import { MemoryRateLimiter, type RateLimiter } from "@timegrid/core/rate-limit"
import {
  type EventBus,
  MemoryEventBus,
  MemoryProgressStore,
  MemorySubscriptionStore,
  type ProgressStore,
  type SubscriptionStore
} from "@timegrid/core/realtime"
import type { RepositoryServices } from "@timegrid/core/repository"
import type { SessionStore } from "@timegrid/core/session"
import type { Pglite } from "@timegrid/pglite"
import {
  type DatabaseServices,
  type MigrationError,
  type MigrationFilesInvalid,
  migrationStatus,
  PostgresCache,
  PostgresCacheReferences,
  type PostgresDatabase,
  PostgresJobs,
  PostgresJournal,
  PostgresMaintenance,
  PostgresMetricsStore,
  PostgresRepositories,
  PostgresSessionStore,
  postgresLayer,
  postgresMigrations
} from "@timegrid/postgres"
import {
  RedisCache,
  RedisClient,
  RedisEventBus,
  RedisProgressStore,
  RedisRateLimiter,
  RedisSessionStore,
  RedisSubscriptionStore
} from "@timegrid/redis"
import { Data, Effect, Layer, type Redacted } from "effect"
import { SqlClient, type SqlError } from "effect/sql"
import type { ServerConfig } from "../settings/ServerConfig.ts"
import { type Dependency, Readiness } from "../site/Readiness.ts"

/** What the stores of a server provide. */
export type StoreServices =
  | RepositoryServices
  | JobServices
  | Journal
  | SessionStore
  | Cache
  | CacheReferences
  | RateLimiter
  | EventBus
  | ProgressStore
  | SubscriptionStore
  | WakeUps
  | BlobStore
  | MetricsStore
  | JobArchive
  | MaintenanceRecords
  | Readiness

/** The database is behind this version. */
export class MigrationsPending extends Data.TaggedError("MigrationsPending")<{
  readonly files: ReadonlyArray<string>
}> {
  readonly code = "migrations_pending"
  override readonly message = `The database lacks ${this.files.join(", ")}; run timegrid migrate first.`
}

/** Why the stores could not be opened. */
export type StoresError =
  | Pglite.PgliteError
  | SqlError.SqlError
  | MigrationError
  | MigrationFilesInvalid
  | MigrationsPending
  | QueueError
  | BlobError

/** All stores of a server. */
export const storesLayer = (config: ServerConfig): Layer.Layer<StoreServices, StoresError> => {
  const rows = PostgresMaintenance.layer.pipe(
    Layer.provideMerge(PostgresJobs.layer()),
    Layer.provideMerge(
      Layer.mergeAll(
        PostgresRepositories.layer,
        PostgresCacheReferences.layer,
        PostgresJournal.layerOfJobs,
        metricsLayerOf(config),
        blobLayerOf(config)
      )
    ),
    Layer.provideMerge(databaseLayerOf(config))
  )
  const shared =
    config.redisUrl === null
      ? Layer.mergeAll(
          PostgresCache.layer,
          PostgresSessionStore.layer,
          MemoryRateLimiter.layer,
          MemoryEventBus.layer,
          MemoryProgressStore.layer,
          MemorySubscriptionStore.layer
        )
      : Layer.mergeAll(
          RedisCache.layer,
          RedisSessionStore.layer,
          RedisRateLimiter.layer,
          RedisEventBus.layer,
          RedisProgressStore.layer,
          RedisSubscriptionStore.layer()
        ).pipe(Layer.provideMerge(RedisClient.layer({ url: config.redisUrl })))
  const wakeUps = config.queueRedisUrl === null ? MemoryWakeUps.layer : bullLayer(config.queueRedisUrl)
  return readinessLayer(config).pipe(Layer.provideMerge(shared), Layer.provideMerge(Layer.merge(rows, wakeUps)))
}

/** Loads an engine only where it is used: those that are not would cost a good part of the memory of an idle server. */
const loaded = <Module, A, E, R>(
  load: () => Promise<Module>,
  layer: (module: Module) => Layer.Layer<A, E, R>
): Layer.Layer<A, E, R> => Layer.unwrap(Effect.map(Effect.promise(load), layer))

const bullLayer = (url: Redacted.Redacted) =>
  loaded(
    () => import("@timegrid/bullmq"),
    ({ BullWakeUps }) => BullWakeUps.layer({ url })
  )

const databaseLayerOf = ({
  databaseSchema: schema,
  databaseUrl: url,
  dataFolder
}: ServerConfig): Layer.Layer<
  DatabaseServices,
  Pglite.PgliteError | SqlError.SqlError | MigrationError | MigrationFilesInvalid | MigrationsPending
> =>
  url === null
    ? loaded(
        () => import("@timegrid/pglite"),
        ({ Pglite }) => Pglite.layer({ folder: path.join(dataFolder, "database") })
      )
    : Layer.tap(postgresLayer({ url, schema }), (services) => Effect.provideContext(refusePending(schema), services))

const refusePending = Effect.fnUntraced(function* (schema: string) {
  const statuses = yield* migrationStatus({ migrations: yield* postgresMigrations, schema })
  const files = statuses.flatMap(({ file, state }) => (state === "applied" ? [] : [file]))
  if (files.length > 0) return yield* new MigrationsPending({ files })
})

const metricsLayerOf = ({
  timescaleUrl: url
}: ServerConfig): Layer.Layer<MetricsStore, SqlError.SqlError, PostgresDatabase> =>
  url === null
    ? PostgresMetricsStore.layer
    : loaded(
        () => import("@timegrid/timescale"),
        ({ TimescaleMetricsStore }) =>
          Layer.provide(TimescaleMetricsStore.layer, postgresLayer({ url, maxConnections: 4 }))
      )

const blobLayerOf = ({ dataFolder, s3 }: ServerConfig): Layer.Layer<BlobStore, BlobError> => {
  if (s3 === null) {
    return loaded(
      () => import("@timegrid/filesystem"),
      ({ FileBlobStore }) => FileBlobStore.layer({ folder: path.join(dataFolder, "blobs") })
    )
  }
  const { bucket, endpoint, forcePathStyle, lacks, region } = s3
  const pathStyle = forcePathStyle || endpoint !== undefined
  return loaded(
    () => import("@timegrid/s3"),
    ({ S3BlobStore }) => S3BlobStore.layer({ bucket, region, endpoint, pathStyle, lacks })
  )
}

/**
 * A key that no blob has; asking for its bytes tells whether the store answers. Asked about it without them, S3 does not say
 * that the bucket is missing.
 */
const nobodysKey = `readyz/${createHash("sha256").update("nobody").digest("hex")}`

const readinessLayer = (config: ServerConfig) =>
  Layer.effect(
    Readiness,
    Effect.gen(function* () {
      const sql = yield* SqlClient.SqlClient
      const blobs = yield* BlobStore
      const redis = yield* Effect.serviceOption(RedisClient.RedisClient)
      const dependencies: Array<Dependency> = [
        { name: config.databaseUrl === null ? "pglite" : "postgres", check: sql`SELECT 1`, isVital: true },
        { name: config.s3 === null ? "files" : "s3", check: blobs.find(nobodysKey), isVital: true }
      ]
      if (redis._tag === "Some") dependencies.push({ name: "redis", check: redis.value.ping, isVital: false })
      return { dependencies }
    })
  )
