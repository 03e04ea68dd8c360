import { Cause, Context, Data, Effect, Exit } from "effect"

/** One part that a server depends on. */
export interface Dependency {
  /** Such as `postgres`. */
  readonly name: string
  /** Fails while it cannot be used. */
  readonly check: Effect.Effect<unknown, unknown>
  /** Whether the server is of no use without it. */
  readonly isVital: boolean
}

/** What a server depends on, in the order in which it is shown. */
export class Readiness extends Context.Service<Readiness, { readonly dependencies: ReadonlyArray<Dependency> }>()(
  "@timegrid/server/site/Readiness"
) {}

/** How one dependency stands. */
export interface DependencyState {
  readonly name: string
  readonly status: "up" | "down"
  readonly isVital: boolean
  readonly durationMs: number
}

/** A part that has not answered by then is down. */
const timeout = "2 seconds"

/** What came of looking at one dependency. */
interface Looked {
  readonly dependency: Dependency
  readonly answered: Exit.Exit<unknown, unknown>
  readonly durationMs: number
}

/** Looks at all dependencies side by side. */
const lookAtAll: Effect.Effect<ReadonlyArray<Looked>, never, Readiness> = Effect.flatMap(
  Readiness,
  ({ dependencies }) =>
    Effect.forEach(
      dependencies,
      (dependency) =>
        Effect.gen(function* () {
          const start = performance.now()
          const answered = yield* Effect.exit(Effect.timeout(dependency.check, timeout))
          return { dependency, answered, durationMs: Math.round(performance.now() - start) }
        }),
      { concurrency: "unbounded" }
    )
)

/** How all dependencies stand. */
export const checkDependencies: Effect.Effect<ReadonlyArray<DependencyState>, never, Readiness> = Effect.map(
  lookAtAll,
  (looked) =>
    looked.map(({ answered, dependency: { isVital, name }, durationMs }) => ({
      name,
      status: Exit.isSuccess(answered) ? "up" : "down",
      isVital,
      durationMs
    }))
)

/** A part that the server is of no use without will not do as it is configured, however long one waits. */
export class DependencyRefuses extends Data.TaggedError("DependencyRefuses")<{
  /** Such as `s3`. */
  readonly name: string
  readonly cause: unknown
}> {
  readonly code = "refused"
  override readonly message = `${this.name} cannot be used as it is configured: ${reasonOf(this.cause)}.`
}

/**
 * Looks at what the server is of no use without before it serves: fails where waiting is of no use, and warns of what is
 * out of reach, which `/readyz` goes on saying until it is back.
 */
export const checkAtStart: Effect.Effect<void, DependencyRefuses, Readiness> = Effect.gen(function* () {
  for (const { answered, dependency } of yield* lookAtAll) {
    if (Exit.isSuccess(answered) || !dependency.isVital) continue
    const { name } = dependency
    const cause = Cause.squash(answered.cause)
    if (isFinal(cause)) return yield* new DependencyRefuses({ name, cause })
    yield* Effect.logWarning(`${name} is out of reach: ${reasonOf(cause)}`)
  }
})

const isFinal = (cause: unknown) => cause instanceof Error && "isRetryable" in cause && cause.isRetryable === false

/** What the system or the other server said, below what our own errors make of it. */
export const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined || error.cause === error ? error.message || error.name : reasonOf(error.cause)
}
