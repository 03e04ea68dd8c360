/** A whole server: its stores, its application and its workers, from one configuration. */
import { MetricsRecorder } from "@timegrid/core/metrics"
import { Effect, Layer } from "effect"
import { Authentication } from "../authentication/Authentication.ts"
import { DocumentCheck } from "../documents/DocumentCheck.ts"
import { UploadRoom } from "../documents/UploadRoom.ts"
import { Idempotency } from "../http/Idempotency.ts"
import { observing } from "../http/observing.ts"
import { RequestLimits } from "../http/RequestLimits.ts"
import { NotificationProvider } from "../notifications/NotificationProvider.ts"
import type { ServerConfig } from "../settings/ServerConfig.ts"
import { ServerSettings } from "../settings/ServerSettings.ts"
import { Prometheus } from "../site/Prometheus.ts"
import { structuredLogs } from "../telemetry/structuredLogs.ts"
import { tracing } from "../telemetry/tracing.ts"
import { consumeQueues, type WorkerOptions } from "../workers/consumeQueues.ts"
import { JobReader } from "../workers/JobReader.ts"
import { keepUp } from "../workers/keepUp.ts"
import { maintainStores } from "../workers/maintainStores.ts"
import { cloudProvidersLayer } from "./cloudProvidersLayer.ts"
import { storesLayer } from "./storesLayer.ts"

// Loaded when a document comes: a server that only answers needs neither parsers nor OCR.
const loadTimegrid = Effect.promise(() => import("timegrid"))
const reading = Layer.unwrap(Effect.map(loadTimegrid, ({ layer }) => layer()))
const documentCheck = DocumentCheck.layerOnDemand(Effect.map(loadTimegrid, ({ builtInReaders }) => builtInReaders))

/** Everything that serving and working need. */
export const servicesLayer = (config: ServerConfig) =>
  observing.pipe(
    Layer.provideMerge(
      Layer.mergeAll(Authentication.layer, Idempotency.layer, RequestLimits.layer, UploadRoom.layer, documentCheck)
    ),
    Layer.provideMerge(
      Layer.mergeAll(
        Prometheus.layer,
        JobReader.layerOnDemand(reading),
        MetricsRecorder.layer(),
        NotificationProvider.layerLog,
        cloudProvidersLayer(config)
      )
    ),
    Layer.provideMerge(Layer.mergeAll(storesLayer(config), Layer.succeed(ServerSettings, config.settings))),
    Layer.provideMerge(tracing(config.environment)),
    Layer.provideMerge(config.logFormat === "json" ? structuredLogs : Layer.empty)
  )

/** Works on jobs until the scope closes. */
export const workerLayer = (options: WorkerOptions = {}) => Layer.effectDiscard(consumeQueues(options))

/** Keeps messages, leases, deliveries and stores in order until the scope closes. */
export const upkeepLayer = Layer.effectDiscard(Effect.andThen(keepUp, maintainStores))
