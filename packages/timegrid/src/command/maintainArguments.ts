import { Effect } from "effect"
import { splitCommandLine, wrong } from "./commandLine.ts"
import type { UsageError } from "./UsageError.ts"

/** A checked command line of `timegrid maintain`. */
export interface MaintainArguments {
  /** Holds whatever the environment names no other place for. */
  readonly data: string
  /** The schema that holds everything in the database. */
  readonly schema: string
  readonly dryRun: boolean
  readonly removeOrphans: boolean
  readonly json: boolean
  /** The id of an archived job to bring back, instead of everything else; or null. */
  readonly restore: string | null
}

const options = {
  data: { type: "string", default: ".timegrid" },
  schema: { type: "string", default: "public" },
  "dry-run": { type: "boolean", default: false },
  "remove-orphans": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  restore: { type: "string" },
  help: { type: "boolean", short: "h", default: false }
} as const

/** Checks what follows the word `maintain`; null asks for help. */
export const parseMaintainArguments = Effect.fnUntraced(function* (
  commandLine: ReadonlyArray<string>
): Effect.fn.Return<MaintainArguments | null, UsageError> {
  const { positionals, values } = yield* splitCommandLine(commandLine, options)
  if (values.help) return null
  if (positionals.length > 0) return yield* wrong("maintain takes no file.")
  return {
    data: values.data,
    schema: values.schema,
    dryRun: values["dry-run"],
    removeOrphans: values["remove-orphans"],
    json: values.json,
    restore: values.restore ?? null
  }
})
