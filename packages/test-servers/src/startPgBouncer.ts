import { chown, writeFile } from "node:fs/promises"
import path from "node:path"
import { debianCommand } from "./debianCommand.ts"
import { withClient } from "./freshDatabase.ts"
import { freePort } from "./network.ts"
import { openFolder } from "./openFolder.ts"
import { startChildServer, type TestServer } from "./TestServer.ts"

/** Debian's PgBouncer before a Postgres, in transaction mode with the seed's pool settings; its URL is the database's. */
export const startPgBouncer = async (postgresUrl: string): Promise<TestServer> => {
  const command = await debianCommand("pgbouncer")
  const folder = await openFolder("pgbouncer")
  const port = await freePort()
  const target = new URL(postgresUrl)
  const settings = path.join(folder.path, "pgbouncer.ini")
  const users = path.join(folder.path, "users.txt")
  await writeFile(users, `"${target.username}" "${target.password}"\n`)
  await writeFile(
    settings,
    `[databases]
* = host=${target.hostname} port=${target.port}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = plain
auth_file = ${users}
pool_mode = transaction
max_client_conn = 1000
default_pool_size = 25
reserve_pool_size = 5
reserve_pool_timeout = 3
ignore_startup_parameters = extra_float_digits
`
  )
  // PgBouncer refuses to run as root; it takes any other user.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
  if (user.uid !== undefined) for (const file of [settings, users]) await chown(file, user.uid, user.gid)
  const url = new URL(postgresUrl)
  url.port = String(port)
  return startChildServer({
    url: url.href,
    command,
    args: [settings],
    ...user,
    ping: () => withClient(url.href, (client) => client.query("SELECT 1")),
    stopSignal: "SIGINT",
    cleanUp: folder.remove
  })
}
