import { Effect } from "effect"
import { splitCommandLine, wrong } from "./commandLine.ts"
import type { UsageError } from "./UsageError.ts"

/** What `timegrid migrate` does: apply what is missing, or only look. */
export type MigrateMode = "apply" | "dryRun" | "status" | "verify"

/** A checked command line of `timegrid migrate`. */
export interface MigrateArguments {
  readonly mode: MigrateMode
  /** The last version to apply, or null for all. */
  readonly to: number | null
  readonly outOfOrder: boolean
  /** The schema that holds everything. */
  readonly schema: string
  /** The folder of the embedded database, where no DATABASE_URL names another. */
  readonly data: string | null
}

const options = {
  status: { type: "boolean", default: false },
  verify: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  "out-of-order": { type: "boolean", default: false },
  to: { type: "string" },
  schema: { type: "string", default: "public" },
  data: { type: "string" },
  help: { type: "boolean", short: "h", default: false }
} as const

/** Checks what follows the word `migrate`; null asks for help. */
export const parseMigrateArguments = Effect.fnUntraced(function* (
  commandLine: ReadonlyArray<string>
): Effect.fn.Return<MigrateArguments | null, UsageError> {
  const { positionals, values } = yield* splitCommandLine(commandLine, options)
  if (values.help) return null
  if (positionals.length > 0) return yield* wrong(`migrate takes no "${positionals[0]}".`)
  const modes = [
    ...(values.status ? ["status" as const] : []),
    ...(values.verify ? ["verify" as const] : []),
    ...(values["dry-run"] ? ["dryRun" as const] : [])
  ]
  const [mode = "apply", another] = modes
  if (another !== undefined) return yield* wrong("--status, --verify and --dry-run go one at a time.")
  const { data = null, schema, to } = values
  if (to !== undefined && !/^\d{1,9}$/.test(to))
    return yield* wrong(`--to ${to} is no version; write a number, such as 3.`)
  if (to !== undefined && (mode === "status" || mode === "verify"))
    return yield* wrong(`--${mode} looks at all versions.`)
  return { mode, to: to === undefined ? null : Number(to), outOfOrder: values["out-of-order"], schema, data }
})
