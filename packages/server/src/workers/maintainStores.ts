import { maintenanceTasks, runMaintenance } from "@timegrid/core/maintenance"
import { SessionStore } from "@timegrid/core/session"
import { Effect } from "effect"
import { every } from "./keepUp.ts"

/** All that `timegrid maintain` does; of several servers that do so at once each finds less to do. */
const maintain = Effect.gen(function* () {
  const reports = yield* runMaintenance(yield* maintenanceTasks())
  for (const { error, name } of reports) {
    if (error !== null) yield* Effect.logWarning(`The task ${name} of maintenance has failed`, error)
  }
  yield* SessionStore.use((sessions) => sessions.removeExpired)
})

/** Keeps the stores in order every hour until the scope closes; not while the server is still starting. */
export const maintainStores = every("Maintenance", "1 hour", Effect.delay(maintain, "1 minute"))
