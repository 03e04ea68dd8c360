/** Lends the tests of a project the servers that they share: started once, however many projects ask. */
import type { TestProject } from "vitest/node"
import { findServer, type ServerName } from "./findServer.ts"
import "./provided.ts"
import { sayUntested } from "./sayUntested.ts"
import type { TestServer } from "./TestServer.ts"

interface Shared {
  users: number
  readonly servers: Promise<Record<ServerName, TestServer | null>>
}

// Each project has its own instance of this module.
const place: typeof globalThis & { timegridTestServers?: Shared } = globalThis

export default async function setup(project: TestProject) {
  place.timegridTestServers ??= { users: 0, servers: findAll() }
  const shared = place.timegridTestServers
  shared.users += 1
  const servers = await shared.servers
  project.provide("postgresUrl", servers.PostgreSQL?.url ?? null)
  project.provide("redisUrl", servers.Redis?.url ?? null)
  project.provide("s3Url", servers.S3?.url ?? null)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    delete place.timegridTestServers
    await Promise.all(Object.values(servers).map((server) => server?.stop()))
  }
}

const findAll = async () => {
  const [PostgreSQL, Redis, S3] = await Promise.all([find("PostgreSQL"), find("Redis"), find("S3")])
  return { PostgreSQL, Redis, S3 }
}

/** In CI a missing server is an error; elsewhere its tests are left out, and said to be. */
const find = async (name: ServerName): Promise<TestServer | null> => {
  try {
    return await findServer(name)
  } catch (error) {
    if (process.env.CI) throw error
    sayUntested(`on ${name}`, error instanceof Error ? error.message : String(error))
    return null
  }
}
