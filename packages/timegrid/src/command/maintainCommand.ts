/** Runs every task of maintenance, and prints one line for each; or brings an archived job back. */
import { JobArchive, maintenanceTasks, runMaintenance, type TaskReport } from "@timegrid/core/maintenance"
import { Effect, Result } from "effect"
import type { MaintainArguments } from "./maintainArguments.ts"
import { write } from "./terminal.ts"

/** Whether all tasks came to their end. */
export const maintainCommand = Effect.fnUntraced(function* ({
  dryRun,
  json,
  removeOrphans,
  restore
}: MaintainArguments) {
  if (restore !== null) return yield* restoreJob(restore)
  const reports = yield* runMaintenance(yield* maintenanceTasks({ removeOrphans }), { dryRun })
  yield* write(
    process.stdout,
    json ? `${JSON.stringify(reports.map(plainReport))}\n` : reports.map((report) => textOf(report, dryRun)).join("")
  )
  return reports.every(({ error }) => error === null)
})

const restoreJob = Effect.fnUntraced(function* (jobId: string) {
  const restored = yield* Effect.result(JobArchive.use((archive) => archive.restore(jobId)))
  if (Result.isFailure(restored)) {
    yield* write(process.stderr, `timegrid: ${jobId}: ${restored.failure.code}: The job cannot be brought back.\n`)
    return false
  }
  if (restored.success) yield* write(process.stdout, `${jobId}: restored\n`)
  else yield* write(process.stderr, `timegrid: ${jobId}: not_found: No such job was archived.\n`)
  return restored.success
})

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

const plainReport = ({ error, ...report }: TaskReport) => ({
  ...report,
  error: error === null ? null : messageOf(error)
})

/** A line for the task, and one, indented, for each finding. */
const textOf = ({ error, figures, findings, name }: TaskReport, dryRun: boolean) => {
  const done = Object.entries(figures).map(([what, count]) => `${count} ${wordsOf(what)}`)
  const outcome =
    error === null ? done.join(", ") || (dryRun ? "not known before" : "done") : `failed: ${messageOf(error)}`
  return [`${name}: ${outcome}`, ...findings.map((finding) => `  ${finding}`)].map((line) => `${line}\n`).join("")
}

/** `"missingBlobs"` becomes `"missing blobs"`. */
const wordsOf = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
