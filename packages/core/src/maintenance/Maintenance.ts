import { Cause, Clock, Effect, Exit } from "effect"

/** What came of a task: how many of what it has done. */
export interface TaskResult {
  readonly figures: Readonly<Record<string, number>>
  /** What a person should look at; one sentence each. */
  readonly findings?: ReadonlyArray<string>
}

/** A part of maintenance. It may be repeated, run twice at once, and be killed: what it has left is done the next time. */
export interface MaintenanceTask {
  /** Lower case, words joined by hyphens. */
  readonly name: string
  readonly run: Effect.Effect<TaskResult, unknown>
  /** What `run` would do, as far as that can be told without doing it. */
  readonly preview: Effect.Effect<TaskResult, unknown>
}

/** What became of a task. */
export interface TaskReport extends Required<TaskResult> {
  readonly name: string
  readonly durationMs: number
  /** Null for a task that came to its end. */
  readonly error: unknown
}

/** Runs the tasks in their order; one that fails does not keep the others from running. With `dryRun` nothing is changed. */
export const runMaintenance = Effect.fn("runMaintenance")(
  (tasks: ReadonlyArray<MaintenanceTask>, { dryRun = false }: { readonly dryRun?: boolean } = {}) =>
    Effect.forEach(
      tasks,
      Effect.fnUntraced(function* ({ name, preview, run }): Effect.fn.Return<TaskReport> {
        const start = yield* Clock.currentTimeMillis
        const exit = yield* Effect.exit(dryRun ? preview : run)
        const durationMs = (yield* Clock.currentTimeMillis) - start
        if (Exit.isFailure(exit))
          return { name, figures: {}, findings: [], durationMs, error: Cause.squash(exit.cause) }
        return { name, figures: exit.value.figures, findings: exit.value.findings ?? [], durationMs, error: null }
      })
    )
)
