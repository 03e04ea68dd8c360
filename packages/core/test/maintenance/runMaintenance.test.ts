import { assert, describe, it } from "@effect/vitest"
import { type MaintenanceTask, runMaintenance } from "@timegrid/core/maintenance"
import { Effect } from "effect"

const task = (name: string, run: MaintenanceTask["run"]): MaintenanceTask => ({
  name,
  run,
  preview: Effect.succeed({ figures: { due: 7 } })
})

describe("runMaintenance", () => {
  it.effect("goes on after a task that fails or dies, and says what each has done", () =>
    Effect.gen(function* () {
      const reports = yield* runMaintenance([
        task("first", Effect.fail("away")),
        task("second", Effect.die("broken")),
        task("third", Effect.succeed({ figures: { done: 2 }, findings: ["Look here."] }))
      ])
      assert.deepStrictEqual(
        reports.map(({ durationMs: _, ...report }) => report),
        [
          { name: "first", figures: {}, findings: [], error: "away" },
          { name: "second", figures: {}, findings: [], error: "broken" },
          { name: "third", figures: { done: 2 }, findings: ["Look here."], error: null }
        ]
      )
    })
  )

  it.effect("runs nothing when it is only to say what there is to do", () =>
    Effect.gen(function* () {
      const reports = yield* runMaintenance([task("only", Effect.die("it ran"))], { dryRun: true })
      assert.deepStrictEqual(
        reports.map(({ error, figures }) => [figures, error]),
        [[{ due: 7 }, null]]
      )
    })
  )
})
