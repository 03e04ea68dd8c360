import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { freshDatabase, startPostgres } from "@timegrid/test-servers"
import { Effect } from "effect"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { parseArguments } from "../src/command/parseArguments.ts"
import { timegrid } from "./processes.ts"

let server: Awaited<ReturnType<typeof startPostgres>>
let url = ""
beforeAll(async () => {
  server = await startPostgres()
})
beforeEach(async () => {
  url = (await freshDatabase(server.url)).url
})
afterAll(() => server.stop())

const migrate = (options: ReadonlyArray<string> = [], DATABASE_URL = url) =>
  timegrid(["migrate", ...options], undefined, { DATABASE_URL })

const lines = (text: string) => text.trimEnd().split("\n")

describe("timegrid migrate", () => {
  it("applies what is missing, names each file, and finds nothing to do the second time", async () => {
    const first = await migrate()
    expect(first).toMatchObject({ code: 0, stderr: "" })
    expect(lines(first.stdout)[0]).toBe("Applied V001__initial_schema.sql")
    expect(await migrate()).toEqual({ code: 0, stdout: "Nothing to apply.\n", stderr: "" })
  })

  it("stops behind --to, and shows with --status how each file stands", async () => {
    expect((await migrate(["--to", "2"])).code).toBe(0)
    const states = lines((await migrate(["--status"])).stdout).map((line) => line.split(/\s+/).slice(0, 2))
    expect(states.slice(0, 3)).toEqual([
      ["applied", "V001__initial_schema.sql"],
      ["applied", "V002__native_tier.sql"],
      ["pending", "V003__versions_and_leases.sql"]
    ])
  })

  it("changes nothing with --dry-run", async () => {
    const { stdout } = await migrate(["--dry-run", "--to", "2"])
    expect(lines(stdout)).toEqual(["Would apply V001__initial_schema.sql", "Would apply V002__native_tier.sql"])
    expect((await migrate(["--status"])).stdout).not.toContain("applied")
  })

  it("says with --verify that all is as it was applied", async () => {
    await migrate(["--to", "3"])
    expect((await migrate(["--verify"])).stdout).toMatch(/^3 applied, \d+ pending, none changed or missing\.\n$/)
  })

  it("applies everything once, however many start at once", async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => migrate(["--schema", "school"])))
    expect(outcomes.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      outcomes.map(() => ({ code: 0, stderr: "" }))
    )
    const applied = outcomes.flatMap(({ stdout }) => lines(stdout).filter((line) => line.startsWith("Applied")))
    expect(new Set(applied).size).toBe(applied.length)
    expect((await migrate(["--schema", "school", "--verify"])).stdout).toMatch(/^\d+ applied, 0 pending/)
  })

  it("brings an embedded database up to date", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "timegrid-migrate-"))
    try {
      expect(lines((await migrate(["--data", folder], "")).stdout)[0]).toBe("Applied V001__initial_schema.sql")
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it.each([
    ["names no database", "", /^timegrid: unconfigured: Name the database in DATABASE_URL.*\n$/],
    [
      "names another kind of database",
      "mysql://localhost/db",
      /^timegrid: unconfigured: DATABASE_URL is not of the form.*\n$/
    ],
    ["names a server that is dead", "postgres://a:b@127.0.0.1:9/db", /^timegrid: unavailable: .*ECONNREFUSED.*\n$/]
  ])("says in one line that the environment %s", async (_, DATABASE_URL, sentence) => {
    const { code, stderr, stdout } = await migrate([], DATABASE_URL)
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" })
    expect(stderr).toMatch(sentence)
  })

  it("says in one line that the password is wrong", async () => {
    const wrong = new URL(url)
    wrong.password = "wrong"
    const { code, stderr } = await migrate([], wrong.href)
    expect({ code, lines: lines(stderr).length }).toEqual({ code: 1, lines: 1 })
    expect(stderr).toContain("password authentication failed")
  })

  it.each([
    ["--to soon", "--to soon is no version; write a number, such as 3."],
    ["--status --verify", "--status, --verify and --dry-run go one at a time."],
    ["--verify --to 3", "--verify looks at all versions."],
    ["up", 'migrate takes no "up".']
  ])("takes %s for wrong usage", async (commandLine, message) => {
    const refused = Effect.flip(parseArguments(["migrate", ...commandLine.split(" ")]))
    expect(await Effect.runPromise(refused)).toMatchObject({ _tag: "UsageError", message })
  })

  it("refuses a version that there is not", async () => {
    expect(await migrate(["--to", "999"])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("There is no version 999")
    })
  })
})
