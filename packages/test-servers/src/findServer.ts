import { hasDocker, startContainer } from "./startContainer.ts"
import { startPostgres } from "./startPostgres.ts"
import { startRedis } from "./startRedis.ts"
import { startS3 } from "./startS3.ts"
import type { TestServer } from "./TestServer.ts"

/** Where the servers that tests share may come from, first to last. */
interface Source {
  readonly variable: string
  readonly inDocker?: () => Promise<TestServer>
  readonly asChild: () => Promise<TestServer>
}

const sources = {
  PostgreSQL: {
    variable: "TEST_DATABASE_URL",
    inDocker: () =>
      startContainer({
        image: "postgres:18",
        port: 5432,
        environment: { POSTGRES_PASSWORD: "timegrid" },
        url: (address) => `postgres://postgres:timegrid@${address}/postgres`
      }),
    asChild: () => startPostgres({ settings: { max_connections: 300, fsync: "off" } })
  },
  Redis: {
    variable: "TEST_REDIS_URL",
    inDocker: () => startContainer({ image: "redis:7", port: 6379, url: (address) => `redis://${address}` }),
    asChild: () => startRedis()
  },
  S3: { variable: "TEST_S3_URL", asChild: () => startS3() }
} satisfies Record<string, Source>

/** A kind of server that tests share. */
export type ServerName = keyof typeof sources

/**
 * A server of that kind: the one that the environment names, else one in Docker, else one from a package. Rejects with
 * the reason where none can be had.
 */
export const findServer = async (name: ServerName): Promise<TestServer> => {
  const { asChild, inDocker, variable }: Source = sources[name]
  const url = process.env[variable]
  if (url !== undefined && url !== "") return elsewhere(url)
  if (inDocker !== undefined && hasDocker()) {
    try {
      return await inDocker()
    } catch {
      // Without a daemon behind the socket, or without the image and the internet, the package does.
    }
  }
  return asChild()
}

const elsewhere = (url: string): TestServer => ({
  url,
  process: null,
  restart: () => Promise.reject(new Error("This server is not ours to restart.")),
  stop: () => Promise.resolve()
})
