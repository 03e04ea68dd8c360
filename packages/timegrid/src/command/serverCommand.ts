/** `timegrid serve` and `timegrid worker`, which `@timegrid/server` brings. */
import { Effect } from "effect"
import { isMissingPackage } from "../optionalPackage.ts"
import { version } from "../version.ts"
import { wrong } from "./commandLine.ts"
import { ServerError } from "./ServerError.ts"
import type { UsageError } from "./UsageError.ts"

/** Which command, with what follows its name. */
export interface ServerArguments {
  readonly name: "serve" | "worker"
  readonly args: ReadonlyArray<string>
}

/** What of `@timegrid/server/command` is used; it needs this package itself, so that its types cannot be had here. */
interface ServerPackage {
  readonly runServerCommand: (
    name: ServerArguments["name"],
    args: ReadonlyArray<string>,
    host: {
      readonly environment: NodeJS.ProcessEnv
      readonly version: string
      readonly tell: (line: string) => void
    }
  ) => Effect.Effect<{ readonly isWell: boolean } | { readonly code: string; readonly message: string }>
}

const packageName = "@timegrid/server"

/** Runs until it is interrupted; succeeds with whether all is well where the command only looks. */
export const serverCommand = Effect.fnUntraced(function* ({
  args,
  name
}: ServerArguments): Effect.fn.Return<boolean, ServerError | UsageError> {
  const { runServerCommand } = yield* loadServer
  const tell = (line: string) => void process.stderr.write(`${line}\n`)
  const end = yield* runServerCommand(name, args, { environment: process.env, version, tell })
  if ("isWell" in end) return end.isWell
  return yield* end.code === "usage" ? wrong(end.message) : Effect.fail(new ServerError(end))
})

const loadServer = Effect.tryPromise({
  // The compiler is not to follow this name: that package is built after this one.
  try: (): Promise<ServerPackage> => import([packageName, "command"].join("/")),
  catch: (cause) =>
    isMissingPackage(cause, packageName)
      ? new ServerError({ code: "package_missing", message: `npm install ${packageName}` })
      : new ServerError({ code: "internal_error", message: String(cause) })
})
