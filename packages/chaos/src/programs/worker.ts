/**
 * A worker in a process of its own: claims the job that it is told of, and says what becomes of each of its writes. With
 * `steady` it writes checkpoints, each under its lease; with `transaction` it stops in the middle of a transaction.
 */
import { JobStore } from "@timegrid/core/queue"
import { UnitOfWork } from "@timegrid/core/repository"
import { Effect, Option, References } from "effect"
import { storeAt } from "../store.ts"

const [url = "", jobId = "", mode] = process.argv.slice(2)
const leaseFor = "1 second"

const say = (line: string) => Effect.sync(() => process.stdout.write(`${line}\n`))

const work = Effect.gen(function* () {
  const jobs = yield* JobStore
  const claim = jobs.claim("classification-queue", { owner: "paused", leaseFor, jobId })
  const { lease } = Option.getOrThrow(yield* claim)
  yield* say(`claimed ${lease.token}`)
  if (mode === "transaction") {
    const { transaction } = yield* UnitOfWork
    const slow = Effect.gen(function* () {
      yield* jobs.transition(lease, { status: "ocr", stage: "paused" })
      yield* say("in a transaction")
      yield* Effect.sleep(500)
      yield* jobs.transition(lease, { status: "validating", stage: "paused" })
    })
    yield* transaction(slow)
    return yield* say("written")
  }
  for (let step = 1; ; step++) {
    yield* jobs.checkpoint(lease, { by: "paused", step })
    yield* say(`written ${step}`)
    yield* jobs.heartbeat(lease, leaseFor)
    yield* Effect.sleep(20)
  }
}).pipe(
  Effect.catch((error) => say(`refused ${error.reason._tag}`)),
  Effect.provide(storeAt(url)),
  Effect.provideService(References.MinimumLogLevel, "None")
)

await Effect.runPromise(work)
