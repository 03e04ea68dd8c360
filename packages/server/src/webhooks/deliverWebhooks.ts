/** Sends what is due to webhooks, signed as Standard Webhooks has it (https://www.standardwebhooks.com). */
import { request as httpRequest } from "node:http"
import { request as httpsRequest } from "node:https"
import type { LookupFunction } from "node:net"
import { type DueDelivery, WebhookDeliveries } from "@timegrid/core/repository"
import { Clock, Data, Duration, Effect, Result } from "effect"
import { Webhook } from "standardwebhooks"
import { ServerSettings } from "../settings/ServerSettings.ts"
import { resolveTarget, type Target } from "./targets.ts"

/** An answer within so long, or the attempt has failed. */
const timeout = Duration.seconds(10)
/** So many deliveries are under way at once. */
const batch = 10
/** Pauses after each failed attempt; none is left after the last. */
const pauses = ["5 seconds", "5 minutes", "30 minutes", "2 hours", "5 hours", "10 hours", "14 hours"] as const

/** The receiver did not take the message. */
class DeliveryFailed extends Data.TaggedError("DeliveryFailed")<{
  readonly problem: string
  readonly status: number | null
}> {
  override readonly message = this.problem
}

/** Attempts every delivery that is due, and writes down what became of it. */
export const deliverWebhooks = Effect.gen(function* () {
  const deliveries = yield* WebhookDeliveries
  for (;;) {
    const due = yield* deliveries.claimDue(batch, Duration.times(timeout, 3))
    if (due.length === 0) return
    yield* Effect.forEach(due, attempt, { concurrency: batch, discard: true })
  }
})

const attempt = Effect.fn("deliverWebhook")(function* (due: DueDelivery) {
  const { delivery } = due
  const sent = yield* Effect.result(send(due))
  const now = yield* Clock.currentTimeMillis
  const at = (milliseconds: number) => new Date(milliseconds).toISOString()
  const pause = pauses[delivery.attempts - 1]
  const changes = Result.match(sent, {
    onSuccess: (responseStatus) => ({
      status: "delivered" as const,
      responseStatus,
      error: null,
      nextAttemptAt: null,
      deliveredAt: at(now)
    }),
    onFailure: ({ problem, status }) => ({
      status: pause === undefined ? ("failed" as const) : ("pending" as const),
      responseStatus: status,
      error: problem.slice(0, 1_000),
      nextAttemptAt: pause === undefined ? null : at(now + Duration.toMillis(pause))
    })
  })
  const deliveries = yield* WebhookDeliveries
  yield* Effect.ignore(deliveries.update(delivery.id, changes, { ifVersion: delivery.version }))
})

/** The status of a good answer. */
const send = Effect.fnUntraced(function* ({ delivery, secret, url }: DueDelivery) {
  const { privateWebhooks } = yield* ServerSettings
  const target = yield* Effect.mapError(
    resolveTarget(url, { allowPrivate: privateWebhooks }),
    ({ problem }) => new DeliveryFailed({ problem, status: null })
  )
  const sentAt = new Date(yield* Clock.currentTimeMillis)
  const body = JSON.stringify({ type: delivery.event, timestamp: sentAt.toISOString(), data: delivery.payload })
  const headers = {
    "content-type": "application/json",
    "user-agent": "timegrid",
    "webhook-id": delivery.id,
    "webhook-timestamp": String(Math.floor(sentAt.getTime() / 1_000)),
    "webhook-signature": new Webhook(secret).sign(delivery.id, sentAt, body)
  }
  const status = yield* Effect.timeoutOrElse(post(target, headers, body), {
    duration: timeout,
    orElse: () => Effect.fail(new DeliveryFailed({ problem: "There was no answer in time.", status: null }))
  })
  if (status >= 200 && status < 300) return status
  return yield* new DeliveryFailed({ problem: `The answer was ${status}.`, status })
})

/** Posts to the address that was checked, whatever its name says by now; redirects are answers like any other. */
const post = ({ address, family, url }: Target, headers: Readonly<Record<string, string>>, body: string) =>
  Effect.callback<number, DeliveryFailed>((resume, signal) => {
    const request = url.protocol === "https:" ? httpsRequest : httpRequest
    const lookup: LookupFunction = (_, options, callback) =>
      options.all === true ? callback(null, [{ address, family }]) : callback(null, address, family)
    const sending = request(url, { method: "POST", headers, lookup, signal, agent: false }, (response) => {
      // Nobody reads what it says.
      response.destroy()
      resume(Effect.succeed(response.statusCode ?? 0))
    })
    sending.on("error", (error) => resume(Effect.fail(new DeliveryFailed({ problem: error.message, status: null }))))
    sending.end(body)
  })
