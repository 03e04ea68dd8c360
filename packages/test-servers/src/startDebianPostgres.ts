import { execFile } from "node:child_process"
import { existsSync } from "node:fs"
import { chown, mkdir, readdir, stat } from "node:fs/promises"
import path from "node:path"
import { promisify } from "node:util"
import { debianCommand } from "./debianCommand.ts"
import { withClient } from "./freshDatabase.ts"
import { freePort } from "./network.ts"
import { openFolder } from "./openFolder.ts"
import { startChildServer, type TestServer } from "./TestServer.ts"

const execute = promisify(execFile)
const user = "postgres"

/** A PostgreSQL with the tools that belong to it, and a folder that both it and its tools may write in. */
export interface DebianPostgres {
  readonly folder: string
  /** Runs a tool, such as `pg_dump`, as the user of the server; rejects when it fails. */
  readonly run: (tool: string, args: ReadonlyArray<string>) => Promise<string>
  /** Starts a server on a cluster that lies in the folder, with these settings. */
  readonly start: (cluster: string, settings?: Readonly<Record<string, string>>) => Promise<TestServer>
  /** Removes the folder; servers are stopped before. */
  readonly remove: () => Promise<void>
}

/**
 * The newest PostgreSQL of Debian's packages. Embedded servers come without tools, and tools older than a server refuse
 * it. Nothing is started yet.
 */
export const startDebianPostgres = async (): Promise<DebianPostgres> => {
  const tools = await toolsFolder()
  const opened = await openFolder("debian-postgres")
  const home = path.join(opened.path, "home")
  await mkdir(home)
  const { gid, uid } = await owner()
  await chown(home, uid, gid)
  const as = { uid, gid, env: { ...process.env, LC_ALL: "C.UTF-8" } }

  const run = async (tool: string, args: ReadonlyArray<string>) => {
    const { stdout } = await execute(path.join(tools, tool), args, { ...as, cwd: home })
    return stdout
  }
  const start = async (cluster: string, settings: Readonly<Record<string, string>> = {}) => {
    const port = await freePort()
    const url = `postgres://${user}@127.0.0.1:${port}/postgres`
    const flags = { listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings }
    return startChildServer({
      url,
      command: path.join(tools, "postgres"),
      args: [
        ...["-D", cluster, "-p", String(port)],
        ...Object.entries(flags).flatMap(([name, value]) => ["-c", `${name}=${value}`])
      ],
      ...as,
      ping: () => withClient(url, (client) => client.query("SELECT 1")),
      stopSignal: "SIGINT",
      cleanUp: () => Promise.resolve()
    })
  }
  return { folder: home, run, start, remove: opened.remove }
}

/** Postgres refuses to run as root; Debian's packages bring a user for it. */
const owner = async () => {
  if (process.getuid?.() !== 0) return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  const { gid, uid } = await stat("/var/lib/postgresql")
  return { gid, uid }
}

const installed = "/usr/lib/postgresql"
const needed = ["initdb", "pg_basebackup", "pg_dump", "pg_restore", "postgres"]

const toolsFolder = async () => {
  const found = await newestTools()
  if (found !== undefined) return found
  await debianCommand("initdb", "postgresql").catch((error: Error) => {
    // Its commands lie outside of the PATH, whatever was installed.
    if (!error.message.includes("brings no such command")) throw error
  })
  const tools = await newestTools()
  if (tools === undefined) throw new Error(`There is no PostgreSQL with its tools in ${installed}.`)
  return tools
}

const newestTools = async () => {
  if (!existsSync(installed)) return undefined
  const versions = (await readdir(installed)).toSorted((a, b) => Number(b) - Number(a))
  return versions
    .map((version) => path.join(installed, version, "bin"))
    .find((folder) => needed.every((tool) => existsSync(path.join(folder, tool))))
}
