import { DocumentError, type Limits, type PageImage, type RenderOptions } from "@timegrid/core"
import { Clock, Deferred, Effect, Semaphore } from "effect"
import { reference, release, startChild } from "./parserChild.ts"
import { diedFrom, passedLimit } from "./parserFaults.ts"
import { type ProcessUsage, processUsage } from "./processUsage.ts"
import type { NumberedRequest, OpenedDocument, ParserMessage, ParserOutcome, ParserRequest } from "./protocol.ts"

/** A process of its own that parses one document after the other, each within limits on time and memory. */
export interface ParserProcess {
  /** False once it has ended for whatever reason; it never comes back. */
  readonly isAlive: () => boolean
  /** How many documents it has been given. */
  readonly documents: () => number
  readonly usage: Effect.Effect<ProcessUsage | null>
  /** Has the reader that `module` exports check a document. Fails as `open`. */
  readonly check: (module: string, bytes: Uint8Array, limits: Limits) => Effect.Effect<void, DocumentError>
  /**
   * Opens a document by the reader that `module` exports; closes the one before. Fails as the reader does, with
   * `processing_timeout` or `decompression_bomb` when a limit on time or memory is passed, or with `corrupt_file` when
   * the process dies; in these cases and after an interruption the process is gone.
   */
  readonly open: (module: string, bytes: Uint8Array, limits: Limits) => Effect.Effect<OpenedDocument, DocumentError>
  /** Renders a page of the open document; its time counts with that of `open`. */
  readonly render: (pageNumber: number, options?: RenderOptions) => Effect.Effect<PageImage, DocumentError>
  /** Closes the open document; nothing is asked of the process where none is open. */
  readonly closeDocument: Effect.Effect<void, DocumentError>
  /** Ends the process at once and waits until it is gone. */
  readonly end: Effect.Effect<void>
}

interface Answer {
  readonly outcome: ParserOutcome
  readonly pixels: ReadonlyArray<Uint8Array>
}

interface PendingRequest {
  readonly pixels: Array<Uint8Array>
  readonly settle: (answer: Effect.Effect<Answer, DocumentError>) => void
}

// Short enough that a parser that allocates as fast as it can is stopped in time, at well below 1 % of a processor.
const pollInterval = "25 millis"

/** Starts a parser process that loads `modules` before its first document and may never take more than `memoryBytes`. */
export const startParserProcess = Effect.fnUntraced(function* (
  modules: ReadonlyArray<string>,
  memoryBytes: number
): Effect.fn.Return<ParserProcess> {
  const child = startChild(modules, memoryBytes)
  const ready = yield* Deferred.make<void>()
  const gone = yield* Deferred.make<void>()
  const oneAtATime = yield* Semaphore.make(1)
  const pending = new Map<number, PendingRequest>()
  let death: DocumentError | null = null
  let nextRequestId = 1
  let documents = 0
  let isOpen = false
  let budget = { limits: null as Limits | null, wallSeconds: 0, cpuSecondsBefore: 0 }

  const settle = (requestId: number, answer: (request: PendingRequest) => Effect.Effect<Answer, DocumentError>) => {
    const request = pending.get(requestId)
    if (request !== undefined) {
      pending.delete(requestId)
      request.settle(answer(request))
    }
  }

  const died = (error: DocumentError, cause?: unknown) => {
    death ??= error
    Deferred.doneUnsafe(ready, Effect.die(new Error("The parser process did not start.", { cause })))
    Deferred.doneUnsafe(gone, Effect.void)
    for (const requestId of [...pending.keys()]) {
      settle(requestId, () => Effect.fail(error))
    }
  }

  child.on("message", (message: ParserMessage) => {
    switch (message.type) {
      case "ready":
        Deferred.doneUnsafe(ready, Effect.void)
        break
      case "pixels":
        pending.get(message.requestId)?.pixels.push(message.bytes)
        break
      case "outcome":
        settle(message.requestId, ({ pixels }) => Effect.succeed({ outcome: message.outcome, pixels }))
    }
  })
  child.once("exit", (_code, signal) => died(diedFrom(signal)))
  child.once("error", (cause) => died(diedFrom(null), cause))
  // A message that cannot be sent is told by the exit that follows.
  const ignoreSendError = () => {}

  const kill = () => {
    death ??= diedFrom(null)
    child.kill("SIGKILL")
  }

  const ask = (request: ParserRequest): Effect.Effect<Answer, DocumentError> =>
    Effect.callback((resume) => {
      if (death !== null) {
        resume(Effect.fail(death))
        return
      }
      const requestId = nextRequestId++
      pending.set(requestId, { pixels: [], settle: resume })
      child.send({ requestId, request } satisfies NumberedRequest, ignoreSendError)
      // A parser at work hears nothing: the only way to stop it is to end its process.
      return Effect.sync(() => {
        pending.delete(requestId)
        kill()
      })
    })

  const usage = Effect.suspend(() =>
    child.pid === undefined || death !== null ? Effect.succeed(null) : processUsage(child.pid)
  )

  const watch = Effect.fnUntraced(function* (): Effect.fn.Return<never, DocumentError> {
    const start = yield* Clock.monotonicTimeNanos
    while (true) {
      yield* Effect.sleep(pollInterval)
      const used = yield* usage
      const wallSeconds = budget.wallSeconds + Number((yield* Clock.monotonicTimeNanos) - start) / 1e9
      const { cpuSecondsBefore, limits } = budget
      const passed = limits === null ? null : passedLimit(limits, { wallSeconds, process: used, cpuSecondsBefore })
      if (passed !== null) {
        return yield* passed
      }
    }
  })

  const request = (message: ParserRequest): Effect.Effect<Answer, DocumentError> =>
    oneAtATime.withPermit(
      Effect.gen(function* () {
        reference(child)
        yield* Deferred.await(ready)
        if (message.type === "open") {
          documents += 1
          isOpen = true
        }
        if ("limits" in message) {
          budget = { limits: message.limits, wallSeconds: 0, cpuSecondsBefore: (yield* usage)?.cpuSeconds ?? 0 }
        }
        const start = yield* Clock.monotonicTimeNanos
        const answer = yield* Effect.raceFirst(ask(message), watch())
        budget.wallSeconds += Number((yield* Clock.monotonicTimeNanos) - start) / 1e9
        return yield* settled(answer)
      }).pipe(Effect.ensuring(Effect.sync(() => release(child))))
    )

  release(child)
  return {
    isAlive: () => death === null,
    documents: () => documents,
    usage,
    check: (module, bytes, limits) => Effect.asVoid(request({ type: "check", module, bytes, limits })),
    open: (module, bytes, limits) =>
      request({ type: "open", module, bytes, limits }).pipe(
        Effect.flatMap(({ outcome }) =>
          outcome.type === "opened" ? Effect.succeed(outcome.document) : unexpected(outcome)
        )
      ),
    render: (pageNumber, options) =>
      request({ type: "render", pageNumber, options }).pipe(
        Effect.flatMap(({ outcome, pixels }) =>
          outcome.type === "rendered" ? Effect.succeed({ ...outcome.image, data: joined(pixels) }) : unexpected(outcome)
        )
      ),
    closeDocument: Effect.suspend(() => {
      if (!isOpen) return Effect.void
      isOpen = false
      return Effect.asVoid(request({ type: "close" }))
    }),
    end: Effect.suspend(() => {
      reference(child)
      kill()
      return Deferred.await(gone)
    })
  }
})

const settled = (answer: Answer): Effect.Effect<Answer, DocumentError> => {
  switch (answer.outcome.type) {
    case "refused":
      return Effect.fail(new DocumentError({ code: answer.outcome.code, message: answer.outcome.message }))
    case "defect":
      return Effect.die(new Error(`A reader failed unexpectedly.\n${answer.outcome.stack}`))
    default:
      return Effect.succeed(answer)
  }
}

const unexpected = (outcome: ParserOutcome) => Effect.die(new Error(`A parser process answered "${outcome.type}".`))

const joined = (chunks: ReadonlyArray<Uint8Array>): Uint8Array => {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0))
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
