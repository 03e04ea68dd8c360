import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { setTimeout } from "node:timers/promises"

/** A real server that is running for a test. */
export interface TestServer {
  readonly url: string
  /** The server itself, a direct child of this process; null where it runs elsewhere and cannot be killed. */
  readonly process: ChildProcess | null
  /** Starts it again at the same address with what it has kept on disk; fails where it runs elsewhere. */
  readonly restart: () => Promise<void>
  /** Ends it and removes what it has written. */
  readonly stop: () => Promise<void>
}

/** How a server that is a child is run. */
export interface ChildServerOptions {
  readonly url: string
  readonly command: string
  readonly args: ReadonlyArray<string>
  readonly uid?: number
  readonly gid?: number
  readonly env?: NodeJS.ProcessEnv
  /** Resolves when it answers, rejects while it does not. */
  readonly ping: () => Promise<unknown>
  readonly stopSignal?: NodeJS.Signals
  readonly cleanUp: () => Promise<void>
}

const patienceMs = 30_000
const running = new Set<ChildProcess>()
// A server must not outlive the tests, however they end.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL")
})

/** A server as a direct child: killing `process` is all that a crash is. */
export const startChildServer = async (options: ChildServerOptions): Promise<TestServer> => {
  let child: ChildProcess
  const start = async () => {
    child = await startChild(options)
  }
  // What a killed server leaves behind, such as children that hold its memory, is gone only a moment later.
  const startAfterCrash = async () => {
    const limit = performance.now() + patienceMs
    for (;;) {
      try {
        return await start()
      } catch (error) {
        if (performance.now() > limit) throw error
        await setTimeout(100)
      }
    }
  }
  await start()
  return {
    url: options.url,
    get process() {
      return child
    },
    restart: async () => {
      await end(child, "SIGKILL")
      await startAfterCrash()
    },
    stop: async () => {
      await end(child, options.stopSignal ?? "SIGTERM")
      await options.cleanUp()
    }
  }
}

const startChild = async ({ args, command, env, gid, ping, uid }: ChildServerOptions) => {
  const child = spawn(command, args, { uid, gid, env, stdio: ["ignore", "pipe", "pipe"] })
  running.add(child)
  const said: Array<string> = []
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => said.push(String(part)))
  let ended: string | undefined
  child.on("error", (error) => (ended = error.message))
  child.on("exit", (code, signal) => {
    running.delete(child)
    ended ??= `it exited with ${signal ?? code}`
  })
  const limit = performance.now() + patienceMs
  for (;;) {
    if (ended !== undefined) throw new Error(`${command} did not start: ${ended}\n${said.join("")}`)
    try {
      await ping()
      // What is said from now on interests nobody, and is not to be kept.
      for (const stream of [child.stdout, child.stderr]) stream.removeAllListeners("data").resume()
      return child
    } catch (error) {
      if (performance.now() > limit) {
        child.kill("SIGKILL")
        throw new Error(`${command} did not answer within ${patienceMs} ms: ${said.join("")}`, { cause: error })
      }
      await setTimeout(20)
    }
  }
}

const end = async (child: ChildProcess, signal: NodeJS.Signals) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = once(child, "exit")
  child.kill(signal)
  await exited
}
