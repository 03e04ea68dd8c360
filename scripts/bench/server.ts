// What the server costs: the throughput of a status read beside a bare route that runs the same queries, on a real
// PostgreSQL, and its memory while nobody asks anything, as built: node scripts/bench/server.ts
import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { Agent, get } from "node:http"
import os from "node:os"
import path from "node:path"
import process from "node:process"
import { createInterface } from "node:readline"
import { setTimeout } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { freshDatabase, startPostgres } from "../../packages/test-servers/src/index.ts"
import { root } from "../bootstrap/places.mjs"
import { residentBytes } from "./processTree.mjs"
import { median, range, table } from "./report.ts"

const requestsPerTurn = 400
const turns = 11
const turnsToWarmUp = 2
const clients = 8

/** The least part of the throughput of a bare route that is promised, and the most memory. */
const promised = { ratio: 0.6, embeddedMegabytes: 450, postgresMegabytes: 200 }

const program = path.join(root, "packages/server/test/programs/statusServers.ts")
const command = path.join(root, "packages/timegrid/dist/cli.js")

interface StatusUrls {
  readonly ours: string
  readonly bare: string
  readonly authorization: string
}

/** Ends a child that one has started, and waits for it. */
const end = async (child: ChildProcess) => {
  const exited = once(child, "exit")
  child.kill("SIGTERM")
  await exited
}

const read = (url: string, authorization: string, agent: Agent) =>
  new Promise<void>((resolve, reject) => {
    const request = get(url, { agent, headers: { authorization } }, (response) => {
      response.resume()
      response.on("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${url} answered ${response.statusCode}`))
      )
    })
    request.on("error", reject)
  })

/** Requests a second of clients that ask again as soon as they are answered. */
const measureTurn = async (url: string, authorization: string, agent: Agent) => {
  const start = performance.now()
  const client = async () => {
    for (let count = 0; count < requestsPerTurn / clients; count++) await read(url, authorization, agent)
  }
  await Promise.all(Array.from({ length: clients }, client))
  return (requestsPerTurn * 1_000) / (performance.now() - start)
}

const measureReads = async (databaseUrl: string) => {
  const child = spawn(process.execPath, ["--conditions=@timegrid/source", program, databaseUrl], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  try {
    const [line] = await once(createInterface({ input: child.stdout }), "line")
    // Our own program says so.
    const { authorization, bare, ours } = JSON.parse(line) as StatusUrls
    const speeds: Array<{ readonly ours: number; readonly bare: number }> = []
    for (let turn = -turnsToWarmUp; turn < turns; turn++) {
      const speed = {
        ours: await measureTurn(ours, authorization, agent),
        bare: await measureTurn(bare, authorization, agent)
      }
      if (turn >= 0) speeds.push(speed)
    }
    return speeds
  } finally {
    agent.destroy()
    await end(child)
  }
}

/** Megabytes of `timegrid serve` on an empty folder, some seconds after it has begun to listen. */
const measureMemory = async (environment: Readonly<Record<string, string>>) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "timegrid-idle-"))
  const child = spawn(process.execPath, [command, "serve", "--port", "0", "--data", folder], {
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"]
  })
  try {
    for await (const line of createInterface({ input: child.stderr })) if (line.includes(" is at ")) break
    await setTimeout(10_000)
    return residentBytes(child.pid ?? 0) / 1024 ** 2
  } finally {
    await end(child)
    await rm(folder, { recursive: true, force: true })
  }
}

/** Measures and prints; false when a promise is broken. */
export async function measureServer(): Promise<boolean> {
  const postgres = await startPostgres()
  try {
    const { url } = await freshDatabase(postgres.url)
    const speeds = await measureReads(url)
    const ratios = speeds.map(({ bare, ours }) => ours / bare)
    const embedded = await measureMemory({})
    const byUrl = await measureMemory({ DATABASE_URL: url })
    const [ours, bare] = [speeds.map((speed) => speed.ours), speeds.map((speed) => speed.bare)]
    const rows = [
      ["status reads a second", `${median(ours).toFixed(0)} (${range(ours, 0)})`, ""],
      ["the same by a bare route", `${median(bare).toFixed(0)} (${range(bare, 0)})`, ""],
      ["ours × bare", `${median(ratios).toFixed(2)} (${range(ratios, 2)})`, `at least ${promised.ratio}`],
      ["MB of an idle server, embedded", embedded.toFixed(0), `below ${promised.embeddedMegabytes}`],
      ["MB of an idle server with PostgreSQL by URL", byUrl.toFixed(0), `below ${promised.postgresMegabytes}`]
    ]
    process.stdout.write(`${table(["the server", "figure", "promised"], rows)}\n`)
    process.stdout.write(`load ${os.loadavg()[0]!.toFixed(1)} on ${os.availableParallelism()} processors\n`)
    return (
      median(ratios) >= promised.ratio && embedded < promised.embeddedMegabytes && byUrl < promised.postgresMegabytes
    )
  } finally {
    await postgres.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href && !(await measureServer())) process.exitCode = 1
