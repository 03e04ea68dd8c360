import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { cp, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises"
import { hostname, tmpdir } from "node:os"
import path from "node:path"
import { UnitOfWork, Users } from "@timegrid/core/repository"
import { type Migration, PostgresRepositories, postgresMigrations } from "@timegrid/postgres"
import { Cause, Effect, Exit, Layer } from "effect"
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest"
import { Pglite } from "../src/index.ts"

// Making a database takes seconds, copying one does not.
let template = ""
let folder = ""
beforeAll(async () => {
  template = await mkdtemp(path.join(tmpdir(), "timegrid-pglite-"))
  await inStore(Effect.void, template)
})
afterAll(() => rm(template, { recursive: true, force: true }))
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "timegrid-pglite-"))
  await cp(template, folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const store = (given = folder) => Layer.provide(PostgresRepositories.layer, Pglite.layer({ folder: given }))
const inStore = <A, E>(work: Effect.Effect<A, E, Layer.Success<ReturnType<typeof store>>>, given?: string) =>
  Effect.runPromise(Effect.provide(work, store(given), { local: true }))

const email = "ada@school.example"
const insertAda = Users.use((users) =>
  users.insert({ email, passwordHash: "scrypt$hash", firstName: "Ada", lastName: "Byron" })
)
const countUsers = Users.use((users) => Effect.map(users.list(), ({ items }) => items.length))

/** What a second opener of the folder is told. */
const refusal = async () => {
  const exit = await Effect.runPromiseExit(Effect.provide(countUsers, store(), { local: true }))
  return Exit.isFailure(exit) ? Cause.squash(exit.cause) : exit.value
}

/** A process that opens the folder, inserts a row in a transaction each time it is told to, and waits. */
const startOther = async (): Promise<ChildProcess> => {
  const program = path.join(import.meta.dirname, "programs/holdFolder.ts")
  const child = spawn(process.execPath, ["--conditions=@timegrid/source", program, folder], {
    stdio: ["ignore", "pipe", "inherit"]
  })
  await once(child.stdout, "data")
  return child
}

const kill = async (child: ChildProcess) => {
  child.kill("SIGKILL")
  await once(child, "exit")
}

test("what was committed is there when the folder is opened again", async () => {
  await inStore(insertAda)
  expect(await inStore(Users.use((users) => users.findByEmail(email)))).toMatchObject({ value: { firstName: "Ada" } })
})

test("a folder that is open is refused to the same process in one line", async () => {
  const told = await inStore(Effect.promise(refusal))
  expect(told).toMatchObject({ code: "folder_in_use", message: `${folder} is in use by process ${process.pid}.` })
})

test("a folder that is open is refused to another process, and free when that process was killed", async () => {
  const other = await startOther()
  try {
    expect(await refusal()).toMatchObject({ message: `${folder} is in use by process ${other.pid}.` })
  } finally {
    await kill(other)
  }
  // It had committed one row and was amid a second transaction.
  expect(await inStore(countUsers)).toBe(1)
})

test("the lock of another machine holds while it is heard of, and no longer", async () => {
  const lock = path.join(folder, "lock.json")
  await writeFile(lock, JSON.stringify({ host: "another", pid: 1, token: "theirs" }))
  expect(await refusal()).toMatchObject({ message: `${folder} is in use by process 1 on another.` })
  const longAgo = new Date(Date.now() - 60_000)
  await utimes(lock, longAgo, longAgo)
  expect(await inStore(countUsers)).toBe(0)
})

test.each([
  [
    "with our own number, as containers reuse them",
    () => JSON.stringify({ host: hostname(), pid: process.pid, token: "old" })
  ],
  ["that was cut off while it was written", () => '{"host":']
])("a lock that was left behind %s is taken over", async (_, content) => {
  await writeFile(path.join(folder, "lock.json"), content())
  expect(await inStore(countUsers)).toBe(0)
  await expect(readFile(path.join(folder, "lock.json"))).rejects.toMatchObject({ code: "ENOENT" })
})

test("a folder that cannot be made is said to be unusable", async () => {
  const file = path.join(folder, "file")
  await writeFile(file, "")
  const exit = await Effect.runPromiseExit(Effect.provide(countUsers, store(file), { local: true }))
  expect(Exit.isFailure(exit) && Cause.squash(exit.cause)).toMatchObject({ code: "unavailable" })
})

test("transactions at once are each whole, though there is one session", async () => {
  const counted = await inStore(
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      const users = yield* Users
      const input = (index: number) => ({
        email: `${index}@school.example`,
        passwordHash: "h",
        firstName: "A",
        lastName: "B"
      })
      const works = Array.from({ length: 20 }, (_, index) =>
        transaction(
          Effect.andThen(users.insert(input(index)), index % 2 === 0 ? Effect.void : Effect.fail("undone" as const))
        )
      )
      yield* Effect.all(works.map(Effect.exit), { concurrency: "unbounded" })
      return yield* countUsers
    })
  )
  expect(counted).toBe(10)
})

test("an interrupted call leaves a session that others can use", async () => {
  const counted = await inStore(
    Effect.gen(function* () {
      const { transaction } = yield* UnitOfWork
      yield* Effect.timeoutOption(transaction(Effect.andThen(insertAda, Effect.never)), "20 millis")
      return yield* countUsers
    })
  )
  expect(counted).toBe(0)
})

test("a migration that fails leaves the folder as it was before the first new file", async () => {
  const migrations = await Effect.runPromise(postgresMigrations)
  const next = migrations.length + 1
  const extra = (version: number, text: string): Migration => ({
    version,
    file: `V${version}__extra.sql`,
    checksum: `sha256:${version}`,
    inTransaction: true,
    statements: [{ line: 1, text }]
  })
  const good = extra(next, "DELETE FROM users")
  const bad = extra(next + 1, "SELECT 1 / 0")
  await inStore(insertAda)
  const opened = (wanted: ReadonlyArray<Migration>) =>
    Effect.runPromiseExit(Effect.scoped(Layer.build(Pglite.layer({ folder, migrations: [...migrations, ...wanted] }))))

  const exit = await opened([good, bad])
  expect(Exit.isFailure(exit) && Cause.squash(exit.cause)).toMatchObject({ code: "migration_failed", file: bad.file })
  expect(await inStore(countUsers)).toBe(1)

  expect(Exit.isSuccess(await opened([good]))).toBe(true)
  expect(await readdir(folder)).toEqual(["data"])
})
