import { Effect, type Scope, Semaphore } from "effect"
import { type ParserProcess, startParserProcess } from "./ParserProcess.ts"

/** What a pool of parser processes needs to know. */
export interface ParserPoolOptions {
  /** URLs of the modules of readers that each process loads before its first document. */
  readonly modules: ReadonlyArray<string>
  /** Processes at most. */
  readonly size: number
  /** Resident memory that a process may reach. */
  readonly memoryBytes: number
}

/** Parser processes that are lent to one document at a time. */
export interface ParserPool {
  /** A process for the life of the scope; waits while all are lent. */
  readonly acquire: Effect.Effect<ParserProcess, never, Scope.Scope>
}

// Parsers leak: pdf.js grew from 130 to 390 MB over 64 documents in one process.
const documentsPerProcess = 25

/** A process that keeps more than this share of the memory allowed leaves too little for the next document. */
const wornOutShare = 0.75

/** Starts one process ahead; all of them end with the scope. */
export const makeParserPool = Effect.fnUntraced(function* ({
  memoryBytes,
  modules,
  size
}: ParserPoolOptions): Effect.fn.Return<ParserPool, never, Scope.Scope> {
  const places = yield* Semaphore.make(size)
  const processes = new Set<ParserProcess>()
  const idle: Array<ParserProcess> = []

  const start = Effect.tap(startParserProcess(modules, memoryBytes), (process) =>
    Effect.sync(() => processes.add(process))
  )

  const prepareSpare = Effect.suspend(() =>
    idle.length > 0 ? Effect.void : Effect.map(start, (process) => void idle.push(process))
  )

  const take = Effect.suspend(() => {
    let process = idle.pop()
    while (process !== undefined && !process.isAlive()) {
      processes.delete(process)
      process = idle.pop()
    }
    return process === undefined ? start : Effect.succeed(process)
  })

  const giveBack = Effect.fnUntraced(function* (process: ParserProcess) {
    yield* Effect.ignoreCause(process.isAlive() ? process.closeDocument : Effect.void)
    const usage = yield* process.usage
    const isWornOut =
      usage === null || usage.residentBytes > wornOutShare * memoryBytes || process.documents() >= documentsPerProcess
    if (!isWornOut) {
      idle.push(process)
      return
    }
    processes.delete(process)
    yield* process.end
    yield* prepareSpare
  })

  yield* Effect.addFinalizer(() => Effect.forEach(processes, (process) => process.end, { concurrency: "unbounded" }))
  yield* prepareSpare
  return {
    acquire: Effect.andThen(Semaphore.takeScoped(places, 1), Effect.acquireRelease(take, giveBack))
  }
})
