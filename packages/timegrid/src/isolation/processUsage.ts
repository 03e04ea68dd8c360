import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { Effect } from "effect"

/** What a process has used so far. */
export interface ProcessUsage {
  readonly residentBytes: number
  readonly cpuSeconds: number
}

// Linux counts processor time for user space in hundredths of a second on every architecture that Node runs on.
const ticksPerSecond = 100

/** What the process uses at this moment, or null when it is gone or the system does not tell. */
export const processUsage = (pid: number): Effect.Effect<ProcessUsage | null> =>
  process.platform === "linux" ? Effect.sync(() => usageFromProc(pid)) : usageFromPs(pid)

// Files under /proc are made in memory: reading one at once costs less than a turn through the thread pool.
const usageFromProc = (pid: number): ProcessUsage | null => {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "latin1")
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1")
    const residentKibibytes = Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0)
    // The name of the program stands in brackets and may hold blanks; user and system time are fields 14 and 15.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ")
    const ticks = Number(fields[11]) + Number(fields[12])
    return { residentBytes: residentKibibytes * 1024, cpuSeconds: ticks / ticksPerSecond }
  } catch {
    return null
  }
}

const usageFromPs = (pid: number): Effect.Effect<ProcessUsage | null> =>
  Effect.callback((resume) => {
    const child = execFile("ps", ["-o", "rss=,time=", "-p", String(pid)], (error, output) => {
      resume(Effect.succeed(error ? null : parsePsUsage(output)))
    })
    return Effect.sync(() => child.kill())
  })

/** Reads a line of `ps -o rss=,time=`, such as `  51200   1-02:03:04.50`. */
export const parsePsUsage = (line: string): ProcessUsage | null => {
  const match = /^\s*(\d+)\s+(?:(\d+)-)?(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)\s*$/.exec(line)
  if (match === null) {
    return null
  }
  const [, kibibytes, days = 0, hours = 0, minutes, seconds] = match
  const cpuSeconds = ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)
  return { residentBytes: Number(kibibytes) * 1024, cpuSeconds }
}
