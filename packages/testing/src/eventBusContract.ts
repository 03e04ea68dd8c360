import { randomUUID } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import type { JobEvent } from "@timegrid/core/queue"
import { busBacklog, EventBus, type EventChannel, jobEventChannel } from "@timegrid/core/realtime"
import { Context, Effect, Exit, Fiber, Layer, Scope, Stream } from "effect"
import * as z from "zod"

/** How one bus's contract is run. */
export interface EventBusContractOptions<E> {
  /** The same bus as another process has it. Default the very same. */
  readonly elsewhere?: Layer.Layer<EventBus, E>
}

const numbers: EventChannel<number> = { name: "contract:numbers", schema: z.number() }

const sample: JobEvent = {
  type: "job:status",
  seq: 7,
  jobId: randomUUID(),
  documentId: randomUUID(),
  userId: randomUUID(),
  at: "2024-10-31T10:30:00.000Z",
  status: "ocr",
  stage: "ocr",
  processingTier: null,
  confidence: null
}

/**
 * The promises that every event bus keeps. Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * eventBusContract("memory", MemoryEventBus.layer)
 */
export const eventBusContract = <E>(
  name: string,
  bus: Layer.Layer<EventBus, E>,
  { elsewhere }: EventBusContractOptions<E> = {}
): void => {
  const busElsewhere = Effect.gen(function* () {
    return elsewhere === undefined ? yield* EventBus : Context.get(yield* Layer.build(elsewhere), EventBus)
  })
  const heard = <A>(stream: Stream.Stream<A>, count: number) => Stream.runCollect(Stream.take(stream, count))
  const event = <A>(value: A) => ({ type: "event" as const, event: value })

  layer(bus, { excludeTestServices: true })(`EventBus contract: ${name}`, (it) => {
    it.effect("all listeners hear what happens to jobs, in order and whole, wherever it is told", () =>
      Effect.gen(function* () {
        const there = yield* busElsewhere
        const [one, other] = [yield* there.listen(jobEventChannel), yield* (yield* EventBus).listen(jobEventChannel)]
        const events = [sample, { ...sample, seq: 8 }, { ...sample, seq: 9 }]
        yield* Effect.forEach(events, (value) => there.publish(jobEventChannel, value))
        assert.deepStrictEqual(yield* heard(one, 3), events.map(event))
        assert.deepStrictEqual(yield* heard(other, 3), events.map(event))
      })
    )

    it.effect("who listens from then on hears nothing of before", () =>
      Effect.gen(function* () {
        const { listen, publish } = yield* EventBus
        yield* publish(numbers, 1)
        const stream = yield* listen(numbers)
        yield* publish(numbers, 2)
        assert.deepStrictEqual(yield* heard(stream, 1), [event(2)])
      })
    )

    it.effect("channels are apart", () =>
      Effect.gen(function* () {
        const { listen, publish } = yield* EventBus
        const stream = yield* listen(numbers)
        yield* publish({ ...numbers, name: "contract:numbers:more" }, 1)
        yield* publish(numbers, 2)
        assert.deepStrictEqual(yield* heard(stream, 1), [event(2)])
      })
    )

    it.effect("a listener ends with its scope, and others go on", () =>
      Effect.gen(function* () {
        const { listen, publish } = yield* EventBus
        const scope = yield* Scope.make()
        const [short, long] = [yield* Scope.provide(listen(numbers), scope), yield* listen(numbers)]
        yield* publish(numbers, 1)
        yield* heard(long, 1)
        yield* Scope.close(scope, Exit.void)
        yield* publish(numbers, 2)
        assert.deepStrictEqual(yield* heard(long, 1), [event(2)])
        assert.deepStrictEqual(yield* Stream.runCollect(short), [event(1)])
      })
    )

    it.effect("what does not fit the channel is refused", () =>
      Effect.gen(function* () {
        const { publish } = yield* EventBus
        const error = yield* Effect.flip(publish(numbers, Number.NaN))
        assert.strictEqual(error.reason._tag, "RealtimeInvalid")
      })
    )

    it.effect("a listener that is too slow hears of a gap, and what came after it", () =>
      Effect.gen(function* () {
        const { listen, publish } = yield* EventBus
        const [slow, quick] = [yield* listen(numbers), yield* listen(numbers)]
        const all = Array.from({ length: busBacklog + 1 }, (_, index) => index)
        const drained = yield* Effect.forkChild(heard(quick, all.length))
        yield* Effect.forEach(all, (value) => Effect.andThen(publish(numbers, value), Effect.yieldNow))
        yield* Fiber.join(drained)
        assert.deepStrictEqual(yield* heard(slow, 2), [{ type: "gap" }, event(busBacklog)])
      })
    )
  })
}
