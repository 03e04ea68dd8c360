/** Archives whatever has ended, and all else that there is to do, until it is done or killed. */
import { maintenanceTasks, runMaintenance } from "@timegrid/core/maintenance"
import { Effect } from "effect"
import { servicesOf } from "../maintenance/services.ts"

const [url = "", folder = ""] = process.argv.slice(2)

const work = Effect.flatMap(maintenanceTasks({ retentionDays: { finishedJobs: -1 } }), (tasks) => runMaintenance(tasks))
await Effect.runPromise(Effect.provide(work, servicesOf(url, folder)))
