/** What `deploy/` says is compared with what the programs know: there may be no daemon here that would run it. */
import { existsSync, readFileSync } from "node:fs"
import path from "node:path"
import { Effect } from "effect"
import { assert, describe, it } from "vitest"
import { parse } from "yaml"
import * as z from "zod"
import { parseServeArguments, parseWorkerArguments } from "../src/command/serverArguments.ts"
import { environmentNames } from "../src/settings/ServerConfig.ts"

const root = path.resolve(import.meta.dirname, "../../..")
const deployed = (name: string) => readFileSync(path.join(root, "deploy", name), "utf8")

/** What of the Compose Specification the file may use; a name that is not known there is refused here too. */
const Condition = z.enum(["service_started", "service_healthy", "service_completed_successfully"])
const Service = z.strictObject({
  image: z.string(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string() }).optional(),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  volumes: z.array(z.string()).optional(),
  ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
  restart: z.enum(["no", "always", "on-failure", "unless-stopped"]).optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: Condition })).optional(),
  healthcheck: z
    .strictObject({
      test: z.tuple([z.enum(["CMD", "CMD-SHELL"])], z.string()),
      interval: z.string().regex(/^\d+s$/),
      retries: z.int()
    })
    .optional(),
  deploy: z.strictObject({ replicas: z.int() }).optional()
})
const Compose = z.strictObject({
  name: z.string(),
  "x-timegrid": z.unknown(),
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.null())
})

const { services, volumes } = Compose.parse(parse(deployed("compose.yaml"), { merge: true }))
const ours = Object.entries(services).filter(([, { image }]) => image === "timegrid")

describe("the compose file", () => {
  it("starts ours by commands, flags and variables that they know", () => {
    assert.sameMembers(
      ours.map(([name]) => name),
      ["migrate", "api", "worker"]
    )
    // Of the AWS SDK, which finds its keys by itself.
    const known = new Set([...environmentNames, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
    const commands = { serve: parseServeArguments, worker: parseWorkerArguments, migrate: () => Effect.void }
    for (const [, { command: [name = "", ...args] = [], environment = {} }] of ours) {
      assert.property(commands, name)
      // Asserted just before.
      Effect.runSync(Effect.asVoid<unknown, unknown, never>(commands[name as keyof typeof commands](args)))
      for (const variable of Object.keys(environment)) assert.include(known, variable)
    }
  })

  it("lets the API be reached where it publishes a port, and leaves the work to the workers", () => {
    const { command = [], ports = [] } = services.api ?? {}
    const { host, port, worker } = Effect.runSync(parseServeArguments(command.slice(1)))
    assert.deepStrictEqual({ host, worker }, { host: "0.0.0.0", worker: false })
    assert.deepStrictEqual(
      ports.map((published) => published.split(":")[1]),
      [String(port)]
    )
    assert.match(String(services.api?.healthcheck?.test.at(-1)), new RegExp(`'http://127\\.0\\.0\\.1:${port}/readyz'`))
    assert.strictEqual(services.worker?.deploy?.replicas, 2)
  })

  it("pools connections as the seed says: 1000, 25, 5 and 3 in transaction mode", () => {
    assert.deepInclude(services.pgbouncer?.environment, {
      POOL_MODE: "transaction",
      MAX_CLIENT_CONN: 1000,
      DEFAULT_POOL_SIZE: 25,
      MIN_POOL_SIZE: 5,
      RESERVE_POOL_SIZE: 3
    })
    // Nothing may be prepared on a connection that is another's the next moment.
    assert.match(String(services.api?.environment?.DATABASE_URL), /@pgbouncer:6432\/.*\bpgbouncer=true$/)
    assert.strictEqual(services.pgbouncer?.environment?.LISTEN_PORT, 6432)
  })

  it("names only services, volumes and files that there are, and waits for health only where it is asked for", () => {
    for (const [name, { build, depends_on: needed = {}, environment = {}, volumes: mounts = [] }] of Object.entries(
      services
    )) {
      for (const value of [...Object.values(environment), ...(services[name]?.command ?? [])]) {
        const [, host] = /\w+:\/\/(?:[^@\s/]*@)?([a-z]+):\d+/.exec(String(value)) ?? []
        if (host !== undefined) assert.property(services, host)
      }
      for (const [other, { condition }] of Object.entries(needed)) {
        assert.property(services, other)
        if (condition === "service_healthy") assert.isDefined(services[other]?.healthcheck, other)
        if (condition === "service_completed_successfully") assert.notStrictEqual(services[other]?.restart, "always")
      }
      for (const mount of mounts) {
        const [from = ""] = mount.split(":")
        if (/^[./]/.test(from)) assert.isTrue(existsSync(path.resolve(root, "deploy", from)), from)
        else assert.property(volumes, from)
      }
      if (build !== undefined) {
        const context = path.resolve(root, "deploy", build.context)
        assert.isTrue(existsSync(path.join(context, build.dockerfile)))
      }
    }
  })
})

describe("the Dockerfile", () => {
  const lines = deployed("Dockerfile").split("\n")
  const instructions = (name: string) =>
    lines.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []))

  it("copies what there is, and runs scripts of package.json", () => {
    const stages = new Set(instructions("FROM").flatMap((line) => / AS (\w+)$/.exec(line)?.[1] ?? []))
    for (const copy of instructions("COPY")) {
      const [, stage] = /--from=(\w+)/.exec(copy) ?? []
      const [from = ""] = copy.split(" ").filter((word) => !word.startsWith("--"))
      if (stage === undefined) assert.isTrue(existsSync(path.join(root, from)), from)
      else assert.isTrue(stages.has(stage), stage)
    }
    const { scripts } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"))
    const run = instructions("RUN").flatMap((line) => [...line.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name))
    assert.isNotEmpty(run)
    for (const name of run) assert.property(scripts, String(name))
  })

  it("starts the command that the build makes, with flags that it knows, on the port and volume that it names", () => {
    const [entry = ""] = instructions("ENTRYPOINT")
    const [program, file = ""] = JSON.parse(entry) as ReadonlyArray<string>
    assert.strictEqual(program, "node")
    const { bin } = JSON.parse(readFileSync(path.join(root, "packages/timegrid/package.json"), "utf8"))
    assert.strictEqual(path.relative("/timegrid/packages/timegrid", file), path.normalize(bin.timegrid))
    const [command = ""] = instructions("CMD")
    const [name, ...args] = JSON.parse(command) as ReadonlyArray<string>
    assert.strictEqual(name, "serve")
    const { data, port } = Effect.runSync(parseServeArguments(args))
    assert.deepStrictEqual([instructions("EXPOSE"), instructions("VOLUME")], [[String(port)], [data]])
  })

  it("uses a Node that the packages take", () => {
    const { engines } = JSON.parse(readFileSync(path.join(root, "packages/timegrid/package.json"), "utf8"))
    const least = Number(/\d+/.exec(engines.node)?.[0])
    for (const image of instructions("FROM")) assert.isAtLeast(Number(/^node:(\d+)/.exec(image)?.[1]), least)
  })
})
