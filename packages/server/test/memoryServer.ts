/** A whole server in this process, over stores in memory, for tests. */
import {
  type BlobError,
  type BlobStore,
  MemoryBlobStore,
  MemoryCache,
  MemoryCacheReferences,
  type ProcessingMetricInput,
  type StandardPipelineOptions
} from "@timegrid/core"
import { MemoryMetricsStore, MetricsRecorder, MetricsStore } from "@timegrid/core/metrics"
import { MemoryJournal } from "@timegrid/core/pipeline"
import { MemoryJobs, MemoryWakeUps } from "@timegrid/core/queue"
import { MemoryRateLimiter } from "@timegrid/core/rate-limit"
import { MemoryEventBus, MemoryProgressStore, MemorySubscriptionStore } from "@timegrid/core/realtime"
import { MemorySessionStore } from "@timegrid/core/session"
import { Context, Effect, Exit, Layer, ManagedRuntime, Scope } from "effect"
import { layer as timegrid } from "timegrid"
import { Authentication } from "../src/authentication/Authentication.ts"
import type { Principal } from "../src/authorization/Principal.ts"
import { type ClientOptions, createClient } from "../src/client/index.ts"
import type { Endpoint } from "../src/contract/endpoint.ts"
import { DocumentCheck } from "../src/documents/DocumentCheck.ts"
import { UploadRoom } from "../src/documents/UploadRoom.ts"
import { Idempotency } from "../src/http/Idempotency.ts"
import { observing } from "../src/http/observing.ts"
import { RequestLimits } from "../src/http/RequestLimits.ts"
import { RequestObserver, type ServedRequest } from "../src/http/RequestObserver.ts"
import { type Notification, NotificationProvider } from "../src/notifications/NotificationProvider.ts"
import { listen } from "../src/serving/listen.ts"
import { makeServerApp } from "../src/serving/ServerApp.ts"
import { makeSettings, ServerSettings, type ServerSettingsInput } from "../src/settings/ServerSettings.ts"
import { Prometheus } from "../src/site/Prometheus.ts"
import { Readiness } from "../src/site/Readiness.ts"
import { CloudProviders } from "../src/workers/CloudProviders.ts"
import { consumeQueues } from "../src/workers/consumeQueues.ts"
import { JobReader } from "../src/workers/JobReader.ts"
import { keepUp } from "../src/workers/keepUp.ts"

const measuredIn = (measured: Array<ProcessingMetricInput>) =>
  Layer.effect(
    MetricsStore,
    Effect.map(MetricsStore, (store) => ({
      ...store,
      recordProcessing: (rows: ReadonlyArray<ProcessingMetricInput>) => {
        measured.push(...rows)
        return store.recordProcessing(rows)
      }
    }))
  ).pipe(Layer.provide(MemoryMetricsStore.layer))

/** Everything that a server needs, over stores in memory; whatever `more` provides counts instead. */
const memoryServices = (
  input: ServerSettingsInput,
  served: Array<ServedRequest>,
  notified: Array<Notification> = [],
  cloud: CloudProviders["Service"] = {},
  blobs: Layer.Layer<BlobStore, BlobError> = MemoryBlobStore.layer,
  measured: Array<ProcessingMetricInput> = [],
  readingOptions: StandardPipelineOptions = {}
) => {
  const stores = Layer.mergeAll(
    MemoryJobs.layer(),
    MemoryWakeUps.layer,
    MemoryJournal.layer,
    MemorySessionStore.layer,
    MemoryRateLimiter.layer,
    MemoryEventBus.layer,
    MemoryProgressStore.layer,
    MemorySubscriptionStore.layer,
    blobs,
    MemoryCache.layer(),
    MemoryCacheReferences.layer,
    Layer.succeed(CloudProviders, cloud),
    measuredIn(measured),
    Layer.succeed(ServerSettings, makeSettings(input)),
    Layer.succeed(Readiness, { dependencies: [{ name: "memory", check: Effect.void, isVital: true }] }),
    timegrid({ ocrEngine: "tesseract" })
  )
  // As a server does it, and for the test to see.
  const observer = Layer.effect(
    RequestObserver,
    Effect.map(RequestObserver, (observer) => ({
      served: (request: ServedRequest) => {
        served.push(request)
        return observer.served(request)
      }
    }))
  ).pipe(Layer.provide(observing))
  const services = Layer.mergeAll(
    Authentication.layer,
    Idempotency.layer,
    RequestLimits.layer,
    UploadRoom.layer,
    DocumentCheck.layer,
    JobReader.layer(readingOptions),
    Prometheus.layer,
    MetricsRecorder.layer(),
    Layer.succeed(NotificationProvider, {
      setting: "email",
      notify: (notification) => Effect.sync(() => void notified.push(notification))
    })
  )
  return observer.pipe(Layer.provideMerge(services), Layer.provideMerge(stores))
}

/** A server that listens, with a worker unless a test wants none: then no document is read. */
export const startMemoryServer = async (
  input: ServerSettingsInput = {},
  {
    worker = true,
    cloud = {},
    blobs,
    reading
  }: {
    readonly worker?: boolean
    readonly cloud?: CloudProviders["Service"]
    readonly blobs?: Layer.Layer<BlobStore, BlobError>
    readonly reading?: StandardPipelineOptions
  } = {}
) => {
  const served: Array<ServedRequest> = []
  const notified: Array<Notification> = []
  const measured: Array<ProcessingMetricInput> = []
  const background = Layer.effectDiscard(worker ? Effect.andThen(consumeQueues(), keepUp) : keepUp)
  const settings = { secureCookies: false, ...input }
  const runtime = ManagedRuntime.make(
    Layer.provideMerge(background, memoryServices(settings, served, notified, cloud, blobs, measured, reading))
  )
  const app = makeServerApp(await runtime.context(), { connectionAddress: () => "192.0.2.1", version: "0.0.0" })
  const scope = Scope.makeUnsafe()
  const { url } = await Effect.runPromise(Scope.provide(listen(app, { port: 0 }), scope))
  return {
    url,
    served,
    notified,
    measured,
    client: (options: Omit<ClientOptions, "baseUrl"> = {}) => createClient({ baseUrl: url, ...options }),
    run: runtime.runPromise,
    stop: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      await runtime.dispose()
    }
  }
}

/** A server of {@link startMemoryServer}. */
export type MemoryServer = Awaited<ReturnType<typeof startMemoryServer>>

/** An application without a network or a worker, whose requests come from whomever a test says. */
export const startMemoryApp = async () => {
  let principal: Principal | null = null
  const served: Array<ServedRequest> = []
  const limits = { uploads: 1e6, requests: 1e6, anonymous: 1e6 }
  const runtime = ManagedRuntime.make(memoryServices({ limits, privateWebhooks: true }, served))
  const services = Context.add(await runtime.context(), Authentication, {
    authenticate: () => Effect.succeed(principal)
  })
  const app = makeServerApp(services, { connectionAddress: () => "192.0.2.1", version: "0.0.0" })
  return {
    served,
    run: runtime.runPromise,
    /** The status of the answer; 200 for one that streams. */
    ask: async (
      endpoint: Endpoint,
      from: Principal | null,
      params: Readonly<Record<string, string>>,
      body: unknown
    ) => {
      principal = from
      const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(params[name]))
      const response = await app.request(`http://server/api/v1${path}`, {
        method: endpoint.method.toUpperCase(),
        ...(endpoint.body !== undefined && {
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body ?? {})
        })
      })
      await response.body?.cancel()
      return response.status
    },
    stop: () => runtime.dispose()
  }
}
