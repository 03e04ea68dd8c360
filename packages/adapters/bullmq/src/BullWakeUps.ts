/** Wakes workers through BullMQ. Used as a namespace: `BullWakeUps.layer({ url })`. */
import type { ConnectionOptions } from "node:tls"
import type { QueueName } from "@timegrid/core"
import { makeWorkSlots, QueueError, QueueUnavailable, type WakeUpMessage, WakeUps } from "@timegrid/core/queue"
import { Queue, Worker } from "bullmq"
import { Clock, Effect, Layer, Option, Redacted, type Scope } from "effect"
import { Redis } from "ioredis"
import { checkEviction } from "./eviction.ts"

/** Where BullMQ's Redis is. It has to keep what it is given: `maxmemory-policy noeviction`. */
export interface BullWakeUpsOptions {
  /** `redis://user:password@host:6379/0`, or `rediss:` for TLS. */
  readonly url: string | Redacted.Redacted<string>
  /** Certificates and the like, for `rediss:`. */
  readonly tls?: ConnectionOptions | undefined
  /** What BullMQ's keys begin with; `{bull}` for a cluster. Default `bull`. */
  readonly prefix?: string | undefined
  /** How long publishing may take. Default 2000. */
  readonly publishTimeoutMs?: number | undefined
}

/** All that a message holds. */
interface WakeUpData {
  readonly jobId: string
}

/**
 * Provides `WakeUps`. Fails with `QueueMisconfigured` where Redis may throw messages away. Redis may be out of reach, at
 * the start as well: publishing then fails, and workers look for jobs by themselves.
 */
export const layer = (options: BullWakeUpsOptions): Layer.Layer<WakeUps, QueueError> =>
  Layer.effect(WakeUps, make(options))

// A dead worker's message comes to another within 15 seconds; by default it would take a minute. How often it may come
// is of no account here: a job that kills its workers is given up by the JobStore.
const recovery = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 100 }

const forgetful = { removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } }

const make = Effect.fnUntraced(function* ({
  prefix = "bull",
  publishTimeoutMs = 2_000,
  tls,
  url
}: BullWakeUpsOptions): Effect.fn.Return<WakeUps["Service"], QueueError, Scope.Scope> {
  const address = Redacted.isRedacted(url) ? Redacted.value(url) : url
  const writer = yield* connected(address, { ...impatience, ...(tls !== undefined && { tls }) })
  yield* checkEviction(writer)

  const queues = new Map<QueueName, Queue<WakeUpData>>()
  yield* Effect.addFinalizer(() => Effect.forEach(queues.values(), (queue) => ended(queue.close())))
  const queueOf = (name: QueueName) => {
    const known = queues.get(name)
    if (known !== undefined) return known
    const queue = new Queue<WakeUpData>(name, { connection: writer, prefix })
    queue.on("error", heardBefore)
    queues.set(name, queue)
    return queue
  }

  return {
    publish: Effect.fnUntraced(function* (messages) {
      // BullMQ would wait for its connection, and keep all that is to be written as long.
      if (writer.status !== "ready") return yield* Effect.fail(unavailable(new Error(`Connection: ${writer.status}`)))
      const nowMs = yield* Clock.currentTimeMillis
      yield* Effect.forEach(
        Map.groupBy(messages, ({ queue }) => queue),
        ([name, group]) =>
          Effect.tryPromise({
            try: () => queueOf(name).addBulk(group.map((message) => jobOf(message, nowMs))),
            catch: unavailable
          }).pipe(
            Effect.timeoutOrElse({
              duration: publishTimeoutMs,
              orElse: () => Effect.fail(unavailable(new Error(`No answer within ${publishTimeoutMs} ms`)))
            })
          )
      )
    }),
    consume: Effect.fnUntraced(function* (name, handler, options = {}) {
      const client = yield* connected(address, { ...patience, ...(tls !== undefined && { tls }) })
      // Finalizers run last to first: the worker takes no more, what it has begun ends, and it leaves.
      let left: Promise<void> = Promise.resolve()
      yield* Effect.addFinalizer(() => ended(left))
      const slots = yield* makeWorkSlots(handler, options)
      const worker = new Worker<WakeUpData>(
        name,
        ({ data }) => Effect.runPromise(slots.handle(Effect.succeed(Option.some(data.jobId)))),
        { connection: client, prefix, concurrency: options.concurrency ?? 1, ...recovery, ...forgetful }
      )
      worker.on("error", heardBefore)
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          left = worker.close()
        })
      )
    })
  }
})

const jobOf = ({ availableAt, jobId, priority }: WakeUpMessage, nowMs: number) => ({
  name: "wake-up",
  data: { jobId },
  opts: {
    priority: bullPriority(priority),
    delay: Math.max(0, Date.parse(availableAt) - nowMs),
    // One message a job waits at most, and one more while it is worked on: what was said meanwhile is not lost.
    deduplication: { id: jobId, keepLastIfActive: true },
    ...forgetful
  }
})

/** Ours is a SMALLINT of which the greater goes first; BullMQ's counts from 1, and the lesser goes first. */
const bullPriority = (priority: number) => 1 + Math.min(65_535, Math.max(0, 32_767 - priority))

const retryStrategy = (times: number) => Math.min(50 * 2 ** Math.min(times, 5), 1_000)

/** For what someone waits for: it fails at once while Redis is out of reach. */
const impatience = {
  connectTimeout: 2_000,
  commandTimeout: 1_000,
  socketTimeout: 2_000,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy
}

/** For workers, which wait for Redis as long as it takes; BullMQ demands it. */
const patience = { connectTimeout: 2_000, maxRetriesPerRequest: null, retryStrategy }

const connected = (url: string, options: typeof impatience | typeof patience) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const client = new Redis(url, options)
      client.on("error", heardBefore)
      return client
    }),
    (client) => Effect.sync(() => client.disconnect())
  )

// Without a listener an error of a connection would end the process; whoever publishes learns of it by their own failure.
const heardBefore = () => {}

/** Waits for what is being closed, though not for long: the connection ends in any case. */
const ended = (closed: Promise<unknown>) =>
  Effect.promise(() => closed.catch(() => {})).pipe(Effect.timeoutOption("2 seconds"), Effect.asVoid)

const unavailable = (cause: unknown) => new QueueError({ reason: new QueueUnavailable({ cause }) })
