import { Context, type Duration, Effect, Layer } from "effect"
import type * as z from "zod"
import { type ApiMetricInput, ApiMetricInsert } from "../domain/ApiMetric.ts"
import { type ProcessingMetricInput, ProcessingMetricInsert } from "../domain/ProcessingMetric.ts"
import { quickWaysOf, unusual } from "../domain/quick.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import { MetricsStore } from "./MetricsStore.ts"

/** What became of the rows so far. */
export interface RecorderCounts {
  readonly stored: number
  /** There was no room for them, they fitted no column, or the store did not take their batch. */
  readonly dropped: number
}

/** How rows are brought together. */
export interface RecorderOptions {
  /** Rows that wait at most; more are dropped. Default 10,000. */
  readonly capacity?: number
  /** Rows of a batch at most. Default 500. */
  readonly batchSize?: number
  /** For how long rows are brought together before they are stored. Default a second. */
  readonly interval?: Duration.Input
  /** How long the store may take for a batch, and for the last ones when the recorder ends. Default 5 seconds. */
  readonly timeout?: Duration.Input
}

type Measured =
  | { readonly kind: "processing"; readonly row: ProcessingMetricInput }
  | { readonly kind: "request"; readonly row: ApiMetricInput }

/**
 * Takes what was measured, at once and without ever failing, and stores it in batches: losing the store, or a store that
 * hangs, costs rows and nothing else.
 */
export class MetricsRecorder extends Context.Service<
  MetricsRecorder,
  {
    /** A row without a `stage` stands for a whole job. */
    readonly processing: (row: ProcessingMetricInput) => Effect.Effect<void>
    readonly request: (row: ApiMetricInput) => Effect.Effect<void>
    readonly counts: Effect.Effect<RecorderCounts>
  }
>()("@timegrid/core/metrics/MetricsRecorder") {
  /** Stores what waits when its scope ends. */
  static readonly layer = (options: RecorderOptions = {}): Layer.Layer<MetricsRecorder, never, MetricsStore> =>
    Layer.effect(MetricsRecorder, makeRecorder(options))

  /** Takes everything and keeps nothing. */
  static readonly layerSilent: Layer.Layer<MetricsRecorder> = Layer.succeed(MetricsRecorder, {
    processing: () => Effect.void,
    request: () => Effect.void,
    counts: Effect.succeed({ stored: 0, dropped: 0 })
  })
}

const makeRecorder = Effect.fnUntraced(function* ({
  batchSize = 500,
  capacity = 10_000,
  interval = "1 second",
  timeout = "5 seconds"
}: RecorderOptions) {
  const store = yield* MetricsStore
  const waiting: Array<Measured> = []
  let [stored, dropped] = [0, 0]

  const take = (measured: Measured, isValid: boolean) =>
    Effect.sync(() => {
      // A row that fits no column would take its batch with it.
      if (isValid && waiting.length < capacity) waiting.push(measured)
      else dropped += 1
    })

  const storeRows = <Row>(
    rows: ReadonlyArray<Row>,
    record: (rows: ReadonlyArray<Row>) => Effect.Effect<void, RepositoryError>
  ) =>
    rows.length === 0
      ? Effect.void
      : record(rows).pipe(
          Effect.timeout(timeout),
          Effect.matchCause({
            onFailure: () => {
              dropped += rows.length
            },
            onSuccess: () => {
              stored += rows.length
            }
          })
        )

  const storeBatch = Effect.fnUntraced(function* (batch: ReadonlyArray<Measured>) {
    const processing = batch.flatMap((one) => (one.kind === "processing" ? [one.row] : []))
    const requests = batch.flatMap((one) => (one.kind === "request" ? [one.row] : []))
    yield* storeRows(processing, store.recordProcessing)
    yield* storeRows(requests, store.recordRequests)
  })

  const storeWaiting = Effect.whileLoop({
    while: () => waiting.length > 0,
    body: () => storeBatch(waiting.splice(0, batchSize)),
    step: () => {}
  })

  yield* Effect.addFinalizer(() => Effect.asVoid(Effect.timeoutOption(storeWaiting, timeout)))
  yield* Effect.forkScoped(Effect.forever(Effect.andThen(Effect.sleep(interval), storeWaiting)))

  return MetricsRecorder.of({
    processing: (row) => Effect.suspend(() => take({ kind: "processing", row }, fits(ProcessingMetricInsert, row))),
    request: (row) => Effect.suspend(() => take({ kind: "request", row }, fits(ApiMetricInsert, row))),
    counts: Effect.sync(() => ({ stored, dropped }))
  })
})

const fits = (schema: z.ZodType, row: unknown) =>
  quickWaysOf(schema).decode(row) !== unusual || schema.safeParse(row).success
