// What the queue costs: documents enqueued, delivered and claimed a second, by BullMQ and with no queue between, with the
// same transactions on a real PostgreSQL: node scripts/bench/queue.ts
import os from "node:os"
import process from "node:process"
import { pathToFileURL } from "node:url"
import { Effect, Fiber, Layer, Option, Queue, References } from "effect"
import * as z from "zod"
import { BullWakeUps } from "../../packages/adapters/bullmq/src/index.ts"
import { newDocument, newUser, storeAt } from "../../packages/chaos/src/index.ts"
import { JobStore, Outbox, outboxTopics, WakeUpMessage, WakeUps } from "../../packages/core/src/queue/index.ts"
import { freshDatabase, startPostgres, startRedis } from "../../packages/test-servers/src/index.ts"
import { median, range, table } from "./report.ts"

const documentsPerTurn = 300
const turns = 11
const turnsToWarmUp = 1
const clients = 8
const workers = 8
const queue = "classification-queue"

/** The least part of the throughput without a queue that is promised. */
const promised = 0.7

const Messages = z.array(WakeUpMessage)

type Publish = (messages: ReadonlyArray<WakeUpMessage>) => Effect.Effect<void, unknown>

/** Where messages go to, and how many jobs were claimed for them so far. */
interface Line {
  readonly publish: Publish
  readonly claimed: () => number
}

/** Claims the job that a message spoke of, and counts it. */
const makeClaims = Effect.map(JobStore, (jobs) => {
  let count = 0
  const claim = (jobId: string) =>
    Effect.map(jobs.claim(queue, { owner: "worker", leaseFor: "1 minute", jobId }), (claimed) => {
      if (Option.isSome(claimed)) count += 1
      return Option.isSome(claimed)
    })
  return { claim, claimed: () => count }
})

const throughBullMq = Effect.gen(function* () {
  const { claim, claimed } = yield* makeClaims
  const { consume, publish } = yield* WakeUps
  yield* consume(queue, (jobId) => (Option.isNone(jobId) ? Effect.succeed(false) : Effect.orDie(claim(jobId.value))), {
    concurrency: workers,
    pollEvery: "1 hour"
  })
  return { publish, claimed } satisfies Line
})

/** The workers take what is published out of the publisher's hand. */
const withNothingBetween = Effect.gen(function* () {
  const { claim, claimed } = yield* makeClaims
  const handed = yield* Queue.unbounded<string>()
  const worker = Effect.forever(Effect.flatMap(Queue.take(handed), claim))
  yield* Effect.forEach(Array.from({ length: workers }), () => Effect.forkScoped(worker))
  const publish: Publish = (messages) =>
    Queue.offerAll(
      handed,
      messages.map(({ jobId }) => jobId)
    )
  return { publish, claimed } satisfies Line
})

/** Documents a second, from the first request until the last job is claimed. */
const measureTurn = Effect.fnUntraced(function* (userId: string, { claimed, publish }: Line) {
  const jobs = yield* JobStore
  const outbox = yield* Outbox
  const target = claimed() + documentsPerTurn
  const start = performance.now()
  const enqueue = Effect.suspend(() => jobs.enqueue({ document: newDocument(userId) }))
  const enqueueing = yield* Effect.forkChild(
    Effect.all(
      Array.from({ length: documentsPerTurn }, () => enqueue),
      { concurrency: clients, discard: true }
    )
  )
  while (claimed() < target) {
    const { delivered } = yield* outbox.relay(outboxTopics.wakeUps, (messages) =>
      publish(Messages.parse(messages.map(({ payload }) => payload)))
    )
    if (delivered === 0) yield* Effect.sleep(1)
  }
  yield* Fiber.join(enqueueing)
  return (documentsPerTurn * 1_000) / (performance.now() - start)
})

const measureBoth = Effect.gen(function* () {
  const userId = yield* newUser
  const [ours, bare] = [yield* throughBullMq, yield* withNothingBetween]
  const speeds: Array<{ readonly ours: number; readonly bare: number }> = []
  for (let turn = -turnsToWarmUp; turn < turns; turn++) {
    const speed = { ours: yield* measureTurn(userId, ours), bare: yield* measureTurn(userId, bare) }
    if (turn >= 0) speeds.push(speed)
  }
  return speeds
})

/** Measures both and prints what they reach; false when the promise is broken. */
export async function measureQueue(): Promise<boolean> {
  const postgres = await startPostgres()
  const redis = await startRedis()
  try {
    const { url } = await freshDatabase(postgres.url)
    const speeds = await measureBoth.pipe(
      Effect.scoped,
      Effect.provide(Layer.merge(storeAt(url), BullWakeUps.layer({ url: redis.url }))),
      Effect.provideService(References.MinimumLogLevel, "Warn"),
      Effect.runPromise
    )
    const ratios = speeds.map(({ bare, ours }) => ours / bare)
    const row = (name: string, values: ReadonlyArray<number>, target: string, digits: number) => [
      name,
      `${median(values).toFixed(digits)} (${range(values, digits)})`,
      target
    ]
    const rows = [
      row(
        "BullMQ between",
        speeds.map(({ ours }) => ours),
        "",
        0
      ),
      row(
        "nothing between",
        speeds.map(({ bare }) => bare),
        "",
        0
      ),
      row("BullMQ between × nothing between", ratios, `at least ${promised}`, 2)
    ]
    process.stdout.write(`${table(["enqueued, delivered and claimed", "documents a second", "promised"], rows)}\n`)
    process.stdout.write(`load ${os.loadavg()[0]!.toFixed(1)} on ${os.availableParallelism()} processors\n`)
    return median(ratios) >= promised
  } finally {
    await Promise.all([postgres.stop(), redis.stop()])
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href && !(await measureQueue())) process.exitCode = 1
