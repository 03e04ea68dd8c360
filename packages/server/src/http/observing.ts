import { MetricsRecorder } from "@timegrid/core/metrics"
import { Clock, Effect, Layer } from "effect"
import { Prometheus } from "../site/Prometheus.ts"
import { RequestObserver } from "./RequestObserver.ts"

/** Counts every request, keeps a row of it, and logs what failed for a fault of the server; no body, no address. */
export const observing: Layer.Layer<RequestObserver, never, MetricsRecorder | Prometheus> = Layer.effect(
  RequestObserver,
  Effect.gen(function* () {
    const [prometheus, recorder] = [yield* Prometheus, yield* MetricsRecorder]
    return {
      served: Effect.fnUntraced(function* (request) {
        const { address, defect, durationMs, endpoint, requestId, status, userAgent, userId } = request
        const { method, path } = endpoint
        yield* prometheus.countRequest(request)
        yield* recorder.request({
          time: new Date(yield* Clock.currentTimeMillis),
          endpoint: path,
          method: method.toUpperCase(),
          statusCode: status,
          durationMs: Math.round(durationMs),
          userId,
          ipAddress: address,
          userAgent
        })
        if (defect !== undefined) yield* Effect.logError("A request failed", { requestId, method, path, defect })
      })
    }
  })
)
