import { BlobError } from "@timegrid/core"
import { Effect } from "effect"
import { reasonOf } from "../site/Readiness.ts"
import { type CommandHost, serveCommand, workerCommand } from "./serverCommand.ts"

/** How a command ended: with whether all is well, or with a code and one sentence. */
export type CommandEnd = { readonly isWell: boolean } | { readonly code: string; readonly message: string }

/** Runs `timegrid serve` or `timegrid worker`, for the command that loads this package only then. */
export const runServerCommand = (
  name: "serve" | "worker",
  args: ReadonlyArray<string>,
  host: CommandHost
): Effect.Effect<CommandEnd> =>
  (name === "serve" ? serveCommand(args, host) : workerCommand(args, host)).pipe(
    Effect.map((isWell): CommandEnd => ({ isWell })),
    Effect.catch((error) => Effect.succeed<CommandEnd>({ code: codeOf(error), message: sentenceOf(error) }))
  )

// Its message is for those who know which blob they asked for.
const sentenceOf = (error: Error): string =>
  error instanceof BlobError ? `The store of blobs cannot be opened: ${reasonOf(error)}` : error.message

const codeOf = (error: Error): string =>
  "code" in error && typeof error.code === "string" ? error.code : "unavailable"
