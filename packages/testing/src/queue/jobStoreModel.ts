import { assert, type Vitest } from "@effect/vitest"
import type { JobStatus } from "@timegrid/core"
import { isLegalStatusChange } from "@timegrid/core"
import { type ClaimedJob, JobStore, type Lease, outboxTopics } from "@timegrid/core/queue"
import { Effect, Option, Result } from "effect"
import * as fc from "fast-check"
import { findJob, givenEnqueued, longLease, type QueueServices, quietly, takeMessages } from "./givenJobs.ts"

const queue = "classification-queue"
const maxLostLeases = 3
const written = ["classifying", "ocr", "validating", "completed", "failed", "hitl_pending"] as const
const ends = (status: JobStatus) => status === "completed" || status === "failed" || status === "hitl_pending"

/** What is true of one job, by our own reckoning. */
interface Model {
  status: JobStatus
  waits: boolean
  /** The token that was given last, and whether it still lets its holder write. */
  token: number
  live: boolean
  /** Held by a lease that ran out without a word. */
  silent: boolean
  lostLeases: number
  checkpoint: number | null
}

/** The job, and the last lease of each worker: the live one, or one that was lost long ago. */
interface Real {
  readonly jobId: string
  readonly leases: Array<Lease | undefined>
  readonly run: <A>(work: Effect.Effect<A, unknown, QueueServices>) => Promise<A>
}

type Command = fc.AsyncCommand<Model, Real>

const command = (
  label: string,
  run: (model: Model, real: Real) => Effect.Effect<void, unknown, QueueServices>
): Command => ({
  check: () => true,
  run: (model, real) =>
    real.run(
      Effect.gen(function* () {
        yield* run(model, real)
        const { checkpoint, job, lostLeases } = yield* findJob(real.jobId)
        assert.deepStrictEqual(
          [job.status, checkpoint, lostLeases],
          [model.status, model.checkpoint, model.lostLeases],
          `after ${label}`
        )
      })
    ),
  toString: () => label
})

/** A write with the lease that a worker had last: succeeds only with the live one, and only then counts. */
const writing = (
  label: string,
  worker: number,
  write: (jobs: JobStore["Service"], lease: Lease) => Effect.Effect<unknown, { readonly reason: { _tag: string } }>,
  then: (model: Model) => string | null
) =>
  command(`${label} by ${worker}`, (model, real) =>
    Effect.gen(function* () {
      const lease = real.leases[worker]
      if (lease === undefined) return
      const result = yield* Effect.result(write(yield* JobStore, lease))
      const expected = model.live && lease.token === model.token ? then(model) : "LeaseLost"
      assert.strictEqual(Result.isFailure(result) ? result.failure.reason._tag : null, expected, label)
    })
  )

const worker = fc.nat({ max: 2 })

const claim = worker.map((by) =>
  command(`claim by ${by}`, (model, real) =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const claimed = yield* jobs.claim(queue, { owner: `worker-${by}`, leaseFor: longLease, jobId: real.jobId })
      const expected = model.waits && !model.live && (!model.silent || model.lostLeases + 1 < maxLostLeases)
      assert.strictEqual(Option.isSome(claimed), expected)
      if (Option.isNone(claimed)) return
      assert.isAbove(claimed.value.lease.token, model.token)
      assert.strictEqual(claimed.value.checkpoint, model.checkpoint)
      real.leases[by] = claimed.value.lease
      if (model.silent) model.lostLeases += 1
      Object.assign(model, { token: claimed.value.lease.token, live: true, silent: false })
    })
  )
)

const expiry = worker.map((by) =>
  writing(
    "silence",
    by,
    (jobs, lease) => jobs.heartbeat(lease, 0),
    (model) => {
      Object.assign(model, { live: false, silent: true })
      return null
    }
  )
)

const heartbeat = worker.map((by) =>
  writing(
    "heartbeat",
    by,
    (jobs, lease) => jobs.heartbeat(lease, longLease),
    () => null
  )
)

const checkpoint = fc.tuple(worker, fc.nat()).map(([by, value]) =>
  writing(
    `checkpoint ${value}`,
    by,
    (jobs, lease) => jobs.checkpoint(lease, value),
    (model) => {
      model.checkpoint = value
      return null
    }
  )
)

const transition = fc.tuple(worker, fc.constantFrom(...written)).map(([by, status]) =>
  writing(
    `to ${status}`,
    by,
    (jobs, lease) => jobs.transition(lease, { status }),
    (model) => {
      if (status !== model.status && !isLegalStatusChange(model.status, status)) return "IllegalStatusChange"
      model.status = status
      if (ends(status)) Object.assign(model, { live: false, waits: false })
      return null
    }
  )
)

const release = worker.map((by) =>
  writing(
    "release",
    by,
    (jobs, lease) => jobs.release(lease, { queue }),
    (model) => {
      model.live = false
      return null
    }
  )
)

const retry = fc.constant(
  command("retry", (model, { jobId }) =>
    Effect.gen(function* () {
      const result = yield* Effect.result((yield* JobStore).retry(jobId, { queue }))
      assert.strictEqual(Result.isSuccess(result), model.status === "failed" || model.status === "pending")
      if (model.status === "failed") Object.assign(model, { status: "pending", waits: true, lostLeases: 0 })
    })
  )
)

const cancel = fc.constant(
  command("cancel", (model, { jobId }) =>
    Effect.gen(function* () {
      const result = yield* Effect.result((yield* JobStore).cancel(jobId))
      assert.strictEqual(Result.isSuccess(result), model.status !== "failed" && model.status !== "completed")
      if (Result.isSuccess(result)) Object.assign(model, { status: "failed", waits: false, live: false, silent: false })
    })
  )
)

const reconcile = fc.constant(
  command("reconcile", (model) =>
    Effect.gen(function* () {
      yield* (yield* JobStore).reconcile({ unheardFor: "1 hour" })
      if (!model.silent) return
      model.silent = false
      model.lostLeases += 1
      if (model.lostLeases >= maxLostLeases) Object.assign(model, { status: "failed", waits: false })
    })
  )
)

/** That no order of things gives a job to two workers, or lets one write that has lost it. */
export const jobStoreModel = (it: Vitest.MethodsNonLive<QueueServices>): void => {
  it.effect("whoever holds the live lease can write, nobody else can, and nothing that was refused is written", () =>
    Effect.gen(function* () {
      const services = yield* Effect.context<QueueServices>()
      const run = <A>(work: Effect.Effect<A, unknown, QueueServices>) =>
        Effect.runPromise(quietly(Effect.provideContext(work, services)))
      const commands = fc.commands(
        [claim, claim, heartbeat, expiry, checkpoint, transition, release, retry, cancel, reconcile],
        { maxCommands: 30 }
      )
      const property = fc.asyncProperty(commands, async (sequence) => {
        const { job } = await run(givenEnqueued())
        await fc.asyncModelRun(
          (): { model: Model; real: Real } => ({
            model: {
              status: "pending",
              waits: true,
              token: 0,
              live: false,
              silent: false,
              lostLeases: 0,
              checkpoint: null
            },
            real: { jobId: job.id, leases: [], run }
          }),
          sequence
        )
      })
      // One seed, so that a build that passed passes again.
      yield* Effect.promise(() => fc.assert(property, { numRuns: 40, seed: 5 }))
    })
  )

  it.effect("workers at once, who fall silent and come back, write in the order of their tokens", () =>
    Effect.gen(function* () {
      const jobs = yield* JobStore
      const { job } = yield* givenEnqueued()
      yield* takeMessages(outboxTopics.jobEvents)
      let acknowledged = 0
      const write = ({ token, ...lease }: Lease, step: number) =>
        jobs.transition({ token, ...lease }, { status: "ocr", stage: `${token} ${lease.owner} ${step}` }).pipe(
          Effect.tap(() =>
            Effect.sync(() => {
              acknowledged += 1
            })
          ),
          // Others have it by now: that is the point.
          Effect.ignore
        )
      const work = Effect.fnUntraced(function* ({ lease }: ClaimedJob) {
        for (let step = 0; step < 3; step++) yield* write(lease, step)
        yield* Effect.all([Effect.ignore(jobs.heartbeat(lease, 0)), write(lease, 3)], { concurrency: "unbounded" })
        yield* write(lease, 4)
      })
      const worker = Effect.fnUntraced(function* (owner: string) {
        for (let round = 0; round < 6; round++) {
          const claimed = yield* jobs.claim(queue, { owner, leaseFor: longLease, jobId: job.id })
          if (Option.isSome(claimed)) yield* work(claimed.value)
          else yield* Effect.sleep(1)
        }
      })
      yield* Effect.forEach(["a", "b", "c", "d"], worker, { concurrency: "unbounded" })
      const tokens = (yield* takeMessages(outboxTopics.jobEvents)).flatMap(({ payload }) => {
        const { jobId, stage } = payload as { readonly jobId: string; readonly stage: string }
        return jobId === job.id ? [Number(stage.split(" ")[0])] : []
      })
      assert.strictEqual(tokens.length, acknowledged)
      assert.isAbove(new Set(tokens).size, 1)
      assert.deepStrictEqual(
        tokens,
        tokens.toSorted((one, other) => one - other)
      )
    }).pipe(quietly)
  )
}
