import { randomUUID } from "node:crypto"
import pg from "pg"

/** A new, empty database of a server. */
export interface FreshDatabase {
  readonly url: string
  /** Removes it, whoever is still connected. */
  readonly drop: () => Promise<void>
}

/** Makes an empty database beside the one that the URL names. */
export const freshDatabase = async (serverUrl: string): Promise<FreshDatabase> => {
  const name = `test_${randomUUID().replaceAll("-", "")}`
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`))
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () =>
      withClient(serverUrl, async (client) => void (await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)))
  }
}

/** A connection for the time of the work. */
export const withClient = async <A>(url: string, work: (client: pg.Client) => Promise<A>): Promise<A> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  // A server that is killed says so to an idle client, outside of any query.
  client.on("error", () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}
