import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"
import { createInterface } from "node:readline"
import { Effect } from "effect"

/** A worker in a process of its own, which says what becomes of each of its writes. */
export interface PausableWorker {
  readonly process: ChildProcess
  /** What it has said so far, line by line. */
  readonly said: ReadonlyArray<string>
}

const program = path.join(import.meta.dirname, "programs/worker.ts")

/**
 * Starts a worker on a job, until the scope closes. `steady` writes checkpoints until it loses the job; `transaction`
 * stops in the middle of one.
 */
export const startPausableWorker = (url: string, jobId: string, mode: "steady" | "transaction") =>
  Effect.acquireRelease(
    Effect.sync((): PausableWorker => {
      const child = spawn(process.execPath, ["--conditions=@timegrid/source", program, url, jobId, mode], {
        stdio: ["ignore", "pipe", "inherit"]
      })
      const said: Array<string> = []
      createInterface({ input: child.stdout }).on("line", (line) => said.push(line))
      return { process: child, said }
    }),
    ({ process: child }) =>
      Effect.promise(async () => {
        if (child.exitCode !== null || child.signalCode !== null) return
        const exited = once(child, "exit")
        child.kill("SIGKILL")
        await exited
      })
  )
