/** The command `timegrid` as a process of its own, for tests. */
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"

/** How a process came to its end. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly durationMs: number
}

/** A command that runs. */
export interface TimegridProcess {
  readonly child: ChildProcess
  /** The lines of stderr so far. */
  readonly lines: () => ReadonlyArray<string>
  /** Resolves with the first match; rejects with all that was said when the process ends without it. */
  readonly heard: (pattern: RegExp) => Promise<RegExpExecArray>
  /** How it ends; sent a signal, it is waited for. */
  readonly end: (signal?: NodeJS.Signals) => Promise<ProcessEnd>
}

const program = path.resolve(import.meta.dirname, "../../../timegrid/src/cli.ts")

/** The command line that runs `timegrid` with these arguments. */
export const timegridCommand = (args: ReadonlyArray<string>) =>
  [process.execPath, "--conditions=@timegrid/source", program, ...args] as const

/** Starts `timegrid` with these arguments; of the environment of the tests it has nothing but what finds programs. */
export const startTimegrid = (
  args: ReadonlyArray<string>,
  environment: Readonly<Record<string, string>> = {}
): TimegridProcess => {
  const { HOME, PATH, TMPDIR } = process.env
  const [node, ...nodeArgs] = timegridCommand(args)
  const child = spawn(node, nodeArgs, {
    env: { HOME, PATH, TMPDIR, NODE_OPTIONS: "--conditions=@timegrid/source", ...environment },
    stdio: ["ignore", "ignore", "pipe"]
  })
  const exited = once(child, "exit")
  let text = ""
  child.stderr.on("data", (part) => (text += String(part)))
  return {
    child,
    lines: () => text.split("\n").filter((line) => line !== ""),
    heard: async (pattern) => {
      for (;;) {
        const match = pattern.exec(text)
        if (match !== null) return match
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended: ${text}`)
        await Promise.race([once(child.stderr, "data"), exited])
      }
    },
    end: async (signal) => {
      const start = performance.now()
      if (signal !== undefined) child.kill(signal)
      await exited
      return { code: child.exitCode, signal: child.signalCode, durationMs: performance.now() - start }
    }
  }
}

/** Starts `timegrid serve` on a free port; resolves when it listens. */
export const serve = async (args: ReadonlyArray<string>, environment: Readonly<Record<string, string>> = {}) => {
  const server = startTimegrid(["serve", "--port", "0", ...args], environment)
  const [, url = ""] = await server.heard(/ is at (\S+),/)
  return { ...server, url }
}

/** An empty folder of a test, and how to remove it. */
export const emptyFolder = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "timegrid-serving-"))
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) }
}
