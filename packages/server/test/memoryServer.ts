/** A whole server in this process, over stores in memory, for tests. */
import { MemoryBlobStore } from "@timegrid/core"
import { MemoryJobs, MemoryWakeUps } from "@timegrid/core/queue"
import { MemoryRateLimiter } from "@timegrid/core/rate-limit"
import { MemoryEventBus, MemoryProgressStore, MemorySubscriptionStore } from "@timegrid/core/realtime"
import { MemorySessionStore } from "@timegrid/core/session"
import { Effect, Layer, ManagedRuntime } from "effect"
import { layer as reading } from "timegrid"
import { Authentication } from "../src/authentication/Authentication.ts"
import { createClient } from "../src/client/index.ts"
import { UploadRoom } from "../src/documents/UploadRoom.ts"
import { Idempotency } from "../src/http/Idempotency.ts"
import { makeApp } from "../src/http/makeApp.ts"
import { RequestLimits } from "../src/http/RequestLimits.ts"
import { RequestObserver, type ServedRequest } from "../src/http/RequestObserver.ts"
import { operations } from "../src/operations.ts"
import { makeSettings, ServerSettings, type ServerSettingsInput } from "../src/settings/ServerSettings.ts"
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
    Layer.succeed(ServerSettings, makeSettings(input)),
    Layer.succeed(RequestObserver, { served: (request) => Effect.sync(() => void served.push(request)) }),
    reading({ ocrEngine: "tesseract" })
  )
  const services = Layer.mergeAll(
    Authentication.layer,
    Idempotency.layer,
    RequestLimits.layer,
    UploadRoom.layer,
    JobReader.layer()
  ).pipe(Layer.provideMerge(stores))
  const background = Layer.effectDiscard(Effect.andThen(consumeQueues(), keepUp))
  const runtime = ManagedRuntime.make(Layer.provideMerge(background, services))
  const context = await runtime.context()
  const app = makeApp(operations, context, { connectionAddress: () => "192.0.2.1" })
  const fetchApp = (input: string | URL | Request, init?: RequestInit) =>
    Promise.resolve(app.fetch(new Request(input instanceof Request ? input : input.toString(), init)))
  return {
    served,
    client: () => createClient({ baseUrl: "http://server", fetch: fetchApp }),
    fetch: fetchApp,
    runtime,
    stop: () => runtime.dispose()
  }
}
