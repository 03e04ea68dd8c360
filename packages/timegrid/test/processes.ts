import { type ChildProcess, execFileSync, spawn } from "node:child_process"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath } from "node:url"

const sourceFlags = ["--conditions=@timegrid/source"]

/** How a program ended and what it wrote. */
export interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A program under way. */
export interface RunningProgram {
  readonly child: ChildProcess
  /** Resolves when standard error or output has held the text. */
  readonly untilWritten: (text: string) => Promise<void>
  readonly outcome: Promise<Outcome>
}

/** Starts a module of this package, `src/cli.ts` for example, on the Node that runs the tests. */
export const start = (
  module: string,
  programArguments: ReadonlyArray<string> = [],
  cwd: string = process.cwd(),
  variables: Readonly<Record<string, string>> = {}
): RunningProgram => {
  const path = fileURLToPath(new URL(`../${module}`, import.meta.url))
  const child = spawn(process.execPath, [...sourceFlags, path, ...programArguments], {
    cwd,
    env: { ...process.env, ...variables }
  })
  const written = { stdout: "", stderr: "" }
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      written[name] += text
    })
  }
  const outcome = new Promise<Outcome>((resolve) => {
    child.once("close", (code) => resolve({ code, ...written }))
  })
  const untilWritten = async (text: string) => {
    while (!`${written.stdout}${written.stderr}`.includes(text)) {
      if (child.exitCode !== null) throw new Error(`The program ended before it wrote ${text}: ${written.stderr}`)
      await setTimeout(10)
    }
  }
  return { child, untilWritten, outcome }
}

/** Runs the command `timegrid` to its end. */
export const timegrid = (
  commandLine: ReadonlyArray<string>,
  cwd?: string,
  variables?: Readonly<Record<string, string>>
): Promise<Outcome> => start("src/cli.ts", commandLine, cwd, variables).outcome

/** The ids of the processes that a process has started, but for the one that lists them. */
export const childrenOf = (pid: number): ReadonlyArray<number> =>
  execFileSync("ps", ["-eo", "pid=,ppid=,comm="], { encoding: "utf8" })
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, parent, name]) => Number(parent) === pid && name !== "ps")
    .map(([child]) => Number(child))

/** Whether a process is there. */
export const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Resolves when a process is gone. */
export const untilGone = async (pid: number): Promise<void> => {
  while (isRunning(pid)) await setTimeout(20)
}
