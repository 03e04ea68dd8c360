import { Context, Effect } from "effect"

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

/** How all dependencies stand, looked at side by side. */
export const checkDependencies: Effect.Effect<ReadonlyArray<DependencyState>, never, Readiness> = Effect.flatMap(
  Readiness,
  ({ dependencies }) =>
    Effect.forEach(
      dependencies,
      ({ check, isVital, name }) =>
        Effect.gen(function* () {
          const start = performance.now()
          const answered = yield* Effect.option(Effect.timeout(check, timeout))
          const status = answered._tag === "Some" ? "up" : "down"
          return { name, status, isVital, durationMs: Math.round(performance.now() - start) } as const
        }),
      { concurrency: "unbounded" }
    )
)
