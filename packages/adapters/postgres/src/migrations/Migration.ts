/** A migration file, and what is wrong with a folder of them. */
import { createHash } from "node:crypto"
import { readdir, readFile } from "node:fs/promises"
import path from "node:path"
import { Data, Effect } from "effect"
import { type SqlStatement, splitStatements } from "./splitStatements.ts"

/** One file `V###__name.sql`. */
export interface Migration {
  readonly version: number
  /** The file's name, such as `V001__initial_schema.sql`. */
  readonly file: string
  /** `sha256:` and the hash of the file's text with line ends as LF, in hexadecimal. */
  readonly checksum: string
  readonly statements: ReadonlyArray<SqlStatement>
  /** False for a file with a line `-- timegrid: no transaction`: its statements run one by one, outside of any. */
  readonly inTransaction: boolean
}

/** A folder that cannot be taken for migrations. */
export class MigrationFilesInvalid extends Data.TaggedError("MigrationFilesInvalid")<{
  readonly folder: string
  /** One clear sentence. */
  readonly problem: string
}> {
  readonly code = "invalid_migrations"
  override readonly message = `${this.folder}: ${this.problem}`
}

const fileName = /^V(\d+)__\w+\.sql$/
const outsideTransaction = /^-- timegrid: no transaction\s*$/m

/**
 * The migrations of a folder in the order of their versions. Fails with {@link MigrationFilesInvalid} when the folder
 * cannot be read, a file of SQL has no such name, or two have one version.
 */
export const readMigrations = Effect.fn("readMigrations")(function* (folder: string) {
  const invalid = (problem: string) => new MigrationFilesInvalid({ folder, problem })
  const read = <A>(work: () => Promise<A>) =>
    Effect.tryPromise({ try: work, catch: (cause) => invalid(cause instanceof Error ? cause.message : String(cause)) })

  const files = (yield* read(() => readdir(folder))).filter((file) => file.endsWith(".sql"))
  const migrations = yield* Effect.forEach(files, (file) =>
    Effect.gen(function* () {
      const version = fileName.exec(file)?.[1]
      if (version === undefined) return yield* invalid(`${file} is not named V###__name.sql.`)
      const text = yield* read(() => readFile(path.join(folder, file), "utf8"))
      return makeMigration(Number(version), file, text)
    })
  )
  migrations.sort((one, other) => one.version - other.version)
  const twin = migrations.find((migration, index) => migrations[index - 1]?.version === migration.version)
  if (twin !== undefined) return yield* invalid(`Two files have the version ${twin.version}.`)
  return migrations
})

const makeMigration = (version: number, file: string, text: string): Migration => {
  const sql = text.replaceAll("\r\n", "\n")
  return {
    version,
    file,
    checksum: `sha256:${createHash("sha256").update(sql).digest("hex")}`,
    statements: splitStatements(sql),
    inTransaction: !outsideTransaction.test(sql)
  }
}
