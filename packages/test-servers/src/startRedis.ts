import { debianCommand } from "./debianCommand.ts"
import { freePort, pingPort } from "./network.ts"
import { openFolder } from "./openFolder.ts"
import { startChildServer, type TestServer } from "./TestServer.ts"

/** How a Redis server is started. */
export interface StartRedisOptions {
  /** More settings, such as `{ "maxmemory-policy": "allkeys-lru" }`. */
  readonly settings?: Readonly<Record<string, string | number>>
}

/** Debian's redis-server, as a direct child. It keeps nothing on disk unless `settings` say so. */
export const startRedis = async ({ settings = {} }: StartRedisOptions = {}): Promise<TestServer> => {
  const command = await debianCommand("redis-server")
  const folder = await openFolder("redis")
  const port = await freePort()
  const flags = { save: "", appendonly: "no", ...settings, port, bind: "127.0.0.1", dir: folder.path }
  return startChildServer({
    url: `redis://127.0.0.1:${port}`,
    command,
    args: Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ping: () => pingPort(port),
    cleanUp: folder.remove
  })
}
