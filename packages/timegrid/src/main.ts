/** The command `timegrid` after its check of the version of Node. */
import { Cause, Effect, Exit, Layer } from "effect"
import { parseArguments } from "./command/parseArguments.ts"
import { write } from "./command/terminal.ts"
import { usage } from "./command/usage.ts"
import { keepYoungHeapSmall } from "./command/youngHeap.ts"
import { version } from "./version.ts"

const exitCodes = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const

/** Whether the command serves or works until it is stopped: SIGTERM is then how it is meant to end. */
let isServer = false

const failWith = (exitCode: number, message: string) =>
  Effect.as(Effect.ignore(write(process.stderr, `timegrid: ${message}\n`)), exitCode)

const command = Effect.gen(function* () {
  const parsed = yield* parseArguments(process.argv.slice(2))
  switch (parsed.action) {
    case "help":
      yield* write(process.stdout, usage)
      return exitCodes.done
    case "version":
      yield* write(process.stdout, `${version}\n`)
      return exitCodes.done
    case "extract": {
      keepYoungHeapSmall()
      // Engines are loaded only where a file is read.
      const { extractCommand } = yield* Effect.promise(() => import("./command/extractCommand.ts"))
      const { layer } = yield* Effect.promise(() => import("./layer.ts"))
      const { namedTiers } = yield* Effect.promise(() => import("./command/namedTiers.ts"))
      const { tiersLayer } = yield* Effect.promise(() => import("./tiers/Tiers.ts"))
      const tiers = yield* namedTiers(parsed.extract.tiers, process.env)
      const allRead = yield* extractCommand(parsed.extract, tiers).pipe(
        Effect.scoped,
        Effect.provide(Layer.merge(layer({ ocrEngine: parsed.extract.ocr }), tiersLayer(tiers)))
      )
      return allRead ? exitCodes.done : exitCodes.failed
    }
    case "migrate": {
      const { migrateCommand } = yield* Effect.promise(() => import("./command/migrateCommand.ts"))
      yield* migrateCommand(parsed.migrate, process.env)
      return exitCodes.done
    }
    case "server": {
      isServer = true
      const { serverCommand } = yield* Effect.promise(() => import("./command/serverCommand.ts"))
      return (yield* serverCommand(parsed.server)) ? exitCodes.done : exitCodes.failed
    }
    case "eval": {
      const { predictions } = parsed.eval
      if (predictions !== null) {
        const { evalPredictions } = yield* Effect.promise(() => import("./command/evalPredictions.ts"))
        const allThere = yield* Effect.scoped(evalPredictions(parsed.eval, predictions))
        return allThere ? exitCodes.done : exitCodes.failed
      }
      keepYoungHeapSmall()
      const { evalFiles } = yield* Effect.promise(() => import("./command/evalFiles.ts"))
      const { layer } = yield* Effect.promise(() => import("./layer.ts"))
      const allRead = yield* evalFiles(parsed.eval).pipe(
        Effect.scoped,
        Effect.provide(layer({ ocrEngine: parsed.eval.ocr }))
      )
      return allRead ? exitCodes.done : exitCodes.failed
    }
    case "maintain": {
      const { maintainCommand } = yield* Effect.promise(() => import("./command/maintainCommand.ts"))
      const { maintenanceLayer } = yield* Effect.promise(() => import("./store/maintenanceLayer.ts"))
      const { storeSettings } = yield* Effect.promise(() => import("./store/StoreSettings.ts"))
      const settings = storeSettings({ folder: parsed.maintain.data, schema: parsed.maintain.schema }, process.env)
      const allDone = yield* Effect.provide(maintainCommand(parsed.maintain), maintenanceLayer(settings))
      return allDone ? exitCodes.done : exitCodes.failed
    }
  }
}).pipe(
  Effect.catchTags({
    UsageError: ({ message }) => failWith(exitCodes.usage, `${message} See timegrid --help.`),
    LlmError: ({ message }) => failWith(exitCodes.failed, message),
    OcrError: ({ message }) => failWith(exitCodes.failed, message),
    MigrateError: ({ code, message }) => failWith(exitCodes.failed, `${code}: ${message}`),
    ServerError: ({ code, message }) => failWith(exitCodes.failed, `${code}: ${message}`),
    StoreError: ({ code, message }) => failWith(exitCodes.failed, `${code}: ${message}`),
    WriteError: ({ code, message }) => failWith(exitCodes.failed, `${code}: ${message}`)
  }),
  // Whoever reads the pipe has seen enough.
  Effect.catchTag("PipeClosed", () => Effect.succeed(exitCodes.done))
)

const interruption = new AbortController()
const interrupt = (signal: NodeJS.Signals) => interruption.abort(signal)
// A terminal and npm may both pass on one Ctrl-C: with `once` the second would end the process amid its cleaning up.
process.on("SIGINT", interrupt).on("SIGTERM", interrupt)
// Each write tells of its own failure; without a listener the stream would end the process.
process.stdout.on("error", () => {})
process.stderr.on("error", () => {})

const exit = await Effect.runPromiseExit(command, { signal: interruption.signal })
if (Exit.isSuccess(exit)) {
  process.exitCode = exit.value
} else if (interruption.signal.aborted) {
  process.exitCode = isServer && interruption.signal.reason === "SIGTERM" ? exitCodes.done : exitCodes.interrupted
} else {
  process.stderr.write(`timegrid: internal_error: ${Cause.pretty(exit.cause)}\n`)
  process.exitCode = exitCodes.failed
}
// Everything is closed by now; what a library has left, such as attempts to reach a Redis that is gone, would go on for ever.
if (isServer) process.exit()
