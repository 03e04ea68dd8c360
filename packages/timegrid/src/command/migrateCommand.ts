/** `timegrid migrate`: brings a database to the version of this package, or says how far it is. */
import path from "node:path"
import type { DatabaseServices, MigrateOptions, Migration, MigrationStatus, MigrationTarget } from "@timegrid/postgres"
import { Effect, Layer, Redacted } from "effect"
import type { SqlClient } from "effect/sql"
import { isMissingPackage } from "../optionalPackage.ts"
import { failureOf } from "./failure.ts"
import { MigrateError } from "./MigrateError.ts"
import type { MigrateArguments } from "./migrateArguments.ts"
import { type PipeClosed, write } from "./terminal.ts"
import type { WriteError } from "./WriteError.ts"

/** What the environment says of the database. */
export interface MigrateEnvironment {
  readonly DATABASE_URL?: string | undefined
}

type Postgres = typeof import("@timegrid/postgres")

/** A database, and what applies migrations to it. */
interface Target {
  readonly database: Layer.Layer<DatabaseServices, MigrateError>
  readonly migrate: (
    options: MigrateOptions
  ) => Effect.Effect<ReadonlyArray<Migration>, { readonly code: string }, SqlClient.SqlClient>
}

/** Does what the command line asks for, and writes a line for each migration that it is about. */
export const migrateCommand = (
  arguments_: MigrateArguments,
  environment: MigrateEnvironment
): Effect.Effect<void, MigrateError | PipeClosed | WriteError> =>
  Effect.gen(function* () {
    const postgres = yield* load("@timegrid/postgres", () => import("@timegrid/postgres"))
    const { database, migrate } = yield* databaseOf(postgres, arguments_, environment)
    const migrations = yield* oneLine(postgres.postgresMigrations)
    yield* checkVersion(arguments_, migrations)
    const lines = yield* oneLine(Effect.provide(perform({ ...postgres, migrate }, migrations, arguments_), database))
    yield* write(process.stdout, lines.map((line) => `${line}\n`).join(""))
  })

const perform = Effect.fnUntraced(function* (
  {
    migrate,
    migrationStatus,
    verifyMigrations
  }: Pick<Postgres, "migrationStatus" | "verifyMigrations"> & Pick<Target, "migrate">,
  migrations: ReadonlyArray<Migration>,
  { mode, outOfOrder, schema, to }: MigrateArguments
) {
  const target: MigrationTarget = { migrations, schema }
  const last = to ?? Number.POSITIVE_INFINITY
  switch (mode) {
    case "status":
      return (yield* migrationStatus(target)).map(statusLine)
    case "verify": {
      const statuses = yield* verifyMigrations(target)
      const pending = statuses.filter(({ state }) => state === "pending").length
      return [`${statuses.length - pending} applied, ${pending} pending, none changed or missing.`]
    }
    case "dryRun": {
      const wanted = outOfOrder ? ["pending", "outOfOrder"] : ["pending"]
      const statuses = outOfOrder ? yield* migrationStatus(target) : yield* verifyMigrations(target)
      const pending = statuses.filter(({ state, version }) => wanted.includes(state) && version <= last)
      return pending.length === 0 ? ["Nothing to apply."] : pending.map(({ file }) => `Would apply ${file}`)
    }
    case "apply": {
      const applied = yield* migrate({ ...target, outOfOrder, ...(to !== null && { to }) })
      return applied.length === 0 ? ["Nothing to apply."] : applied.map(({ file }) => `Applied ${file}`)
    }
  }
})

const words = {
  applied: "applied",
  changed: "CHANGED",
  missing: "MISSING",
  outOfOrder: "OUT OF ORDER",
  pending: "pending",
  unfinished: "UNFINISHED"
} as const

const statusLine = ({ appliedAt, file, state }: MigrationStatus) =>
  `${words[state].padEnd(12)}  ${file}${appliedAt === null ? "" : `  ${appliedAt.toISOString()}`}`

const checkVersion = ({ to }: MigrateArguments, migrations: ReadonlyArray<Migration>) =>
  to === null || migrations.some(({ version }) => version === to)
    ? Effect.void
    : failed("usage", `There is no version ${to}; the last one is ${migrations.at(-1)?.version ?? 0}.`)

/** The database that the environment names, or the embedded one of a folder. */
const databaseOf = Effect.fnUntraced(function* (
  { migrate, postgresLayer }: Postgres,
  { data, schema }: MigrateArguments,
  { DATABASE_URL: url }: MigrateEnvironment
) {
  if (data !== null) {
    const folder = path.join(data, "database")
    const { Pglite } = yield* load("@timegrid/pglite", () => import("@timegrid/pglite"))
    const target: Target = {
      database: asOneLine(Pglite.layerWithoutMigrations({ folder, schema })),
      migrate: (options) => Pglite.migrateFolder(folder, options)
    }
    return target
  }
  if (url === undefined || url === "") {
    return yield* failed(
      "unconfigured",
      "Name the database in DATABASE_URL, or the folder of an embedded one by --data."
    )
  }
  if (!/^postgres(ql)?:$/.test(URL.parse(url)?.protocol ?? "")) {
    return yield* failed("unconfigured", "DATABASE_URL is not of the form postgres://user:password@host:5432/database.")
  }
  // Of two connections the second is for files that run outside of a transaction.
  const target: Target = {
    database: asOneLine(postgresLayer({ url: Redacted.make(url), schema, maxConnections: 2 })),
    migrate
  }
  return target
})

const asOneLine = <E>(layer: Layer.Layer<DatabaseServices, E>): Layer.Layer<DatabaseServices, MigrateError> =>
  Layer.catchCause(layer, (cause) => Layer.effectContext(Effect.fail(new MigrateError(failureOf(cause)))))

const oneLine = <A, E, R>(work: Effect.Effect<A, E, R>): Effect.Effect<A, MigrateError, R> =>
  Effect.catchCause(work, (cause) => Effect.fail(new MigrateError(failureOf(cause))))

const load = <A>(name: string, load: () => Promise<A>): Effect.Effect<A, MigrateError> =>
  Effect.tryPromise({
    try: load,
    catch: (cause) =>
      isMissingPackage(cause, name)
        ? new MigrateError({ code: "package_missing", message: `npm install ${name}` })
        : new MigrateError({ code: "internal_error", message: String(cause) })
  })

const failed = (code: string, message: string) => Effect.fail(new MigrateError({ code, message }))
