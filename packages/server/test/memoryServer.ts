/** A whole server in this process, over stores in memory, for tests. */
import { MemoryBlobStore } from "@timegrid/core"
import { MemoryMetricsStore, MetricsRecorder } from "@timegrid/core/metrics"
import { MemoryJobs, MemoryWakeUps } from "@timegrid/core/queue"
import { MemoryRateLimiter } from "@timegrid/core/rate-limit"
import { MemoryEventBus, MemoryProgressStore, MemorySubscriptionStore } from "@timegrid/core/realtime"
import { MemorySessionStore } from "@timegrid/core/session"
import { Effect, Exit, Layer, ManagedRuntime, Scope } from "effect"
import { layer as reading } from "timegrid"
import { Authentication } from "../src/authentication/Authentication.ts"
import { createClient } from "../src/client/index.ts"
import { UploadRoom } from "../src/documents/UploadRoom.ts"
import { Idempotency } from "../src/http/Idempotency.ts"
import { RequestLimits } from "../src/http/RequestLimits.ts"
import { RequestObserver, type ServedRequest } from "../src/http/RequestObserver.ts"
import { listen } from "../src/serving/listen.ts"
import { makeServerApp } from "../src/serving/ServerApp.ts"
import { makeSettings, ServerSettings, type ServerSettingsInput } from "../src/settings/ServerSettings.ts"
import { Prometheus } from "../src/site/Prometheus.ts"
import { Readiness } from "../src/site/Readiness.ts"
import { consumeQueues } from "../src/workers/consumeQueues.ts"
import { JobReader } from "../src/workers/JobReader.ts"
import { keepUp } from "../src/workers/keepUp.ts"

export const startMemoryServer = async (input: ServerSettingsInput = {}) => {
  const served: Array<ServedRequest> = []
  const stores = Layer.mergeAll(
    MemoryJobs.layer(),
    MemoryWakeUps.layer,
    MemorySessionStore.layer,
    MemoryRateLimiter.layer,
    MemoryEventBus.layer,
    MemoryProgressStore.layer,
    MemorySubscriptionStore.layer,
    MemoryBlobStore.layer,
    MemoryMetricsStore.layer,
    Layer.succeed(ServerSettings, makeSettings(input)),
    Layer.succeed(Readiness, { dependencies: [{ name: "memory", check: Effect.void, isVital: true }] }),
    Layer.succeed(RequestObserver, { served: (request) => Effect.sync(() => void served.push(request)) }),
    reading({ ocrEngine: "tesseract" })
  )
  const services = Layer.mergeAll(
    Authentication.layer,
    Idempotency.layer,
    RequestLimits.layer,
    UploadRoom.layer,
    JobReader.layer(),
    Prometheus.layer,
    MetricsRecorder.layer()
  ).pipe(Layer.provideMerge(stores))
  const background = Layer.effectDiscard(Effect.andThen(consumeQueues(), keepUp))
  const runtime = ManagedRuntime.make(Layer.provideMerge(background, services))
  const context = await runtime.context()
  const app = makeServerApp(context, { connectionAddress: () => "192.0.2.1", version: "0.0.0" })
  const scope = Scope.makeUnsafe()
  const { url } = await Effect.runPromise(Scope.provide(listen(app, { port: 0 }), scope))
  return {
    url,
    served,
    client: () => createClient({ baseUrl: url }),
    runtime,
    stop: async () => {
      await Effect.runPromise(Scope.close(scope, Exit.void))
      await runtime.dispose()
    }
  }
}
