/** `timegrid serve` and `timegrid worker`. */
import { Effect, Layer, Option } from "effect"
import { firstAdministrator } from "../accounts/firstAdministrator.ts"
import { appOptions } from "../serving/createServer.ts"
import { openPort } from "../serving/listen.ts"
import { makeServerApp, type ServerServices } from "../serving/ServerApp.ts"
import { servicesLayer, upkeepLayer, workerLayer } from "../serving/TimegridServer.ts"
import { readConfig } from "../settings/ServerConfig.ts"
import { checkAtStart, checkDependencies } from "../site/Readiness.ts"
import { parseServeArguments, parseWorkerArguments, wrong } from "./serverArguments.ts"

/** What a command is given by the process that it runs in. */
export interface CommandHost {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly version: string
  /** Tells the person at the terminal one line. */
  readonly tell: (line: string) => void
}

/** Runs until it is interrupted; `--check` succeeds with whether all that is configured is there. */
export const serveCommand = Effect.fn("serveCommand")(function* (args: ReadonlyArray<string>, host: CommandHost) {
  const { check, data, host: address, port, worker } = yield* parseServeArguments(args)
  const config = yield* readConfig(host.environment, data)
  if (check) return yield* Effect.provide(checked(host), servicesLayer(config))
  const work = worker ? workerLayer() : Layer.empty
  const layers = Layer.provideMerge(Layer.merge(work, upkeepLayer), servicesLayer(config))
  return yield* Effect.scoped(
    Effect.gen(function* () {
      // Before anything is made: of the first administrator it is told only once.
      const { serve, url } = yield* openPort({ host: address, port })
      const served = Effect.gen(function* () {
        yield* checkAtStart
        yield* welcome(host)
        yield* serve(makeServerApp(yield* Effect.context<ServerServices>(), appOptions(config)))
        host.tell(`Timegrid ${host.version} is at ${url}, its documentation at ${url}/docs`)
        return yield* Effect.never
      })
      // Its own scope: what is under way comes to its end before the stores close.
      return yield* Effect.provide(Effect.scoped(served), layers)
    })
  )
})

/** Works on the jobs of queues until it is interrupted. */
export const workerCommand = Effect.fn("workerCommand")(function* (args: ReadonlyArray<string>, host: CommandHost) {
  const { concurrency, data, queues } = yield* parseWorkerArguments(args)
  const config = yield* readConfig(host.environment, data)
  if (config.databaseUrl === null) {
    return yield* wrong("A worker of its own needs DATABASE_URL: an embedded database is for one process.")
  }
  const work = Effect.gen(function* () {
    yield* checkAtStart
    host.tell(`Timegrid ${host.version} works on ${queues.join(", ")}`)
    return yield* Effect.never
  })
  const layers = Layer.provideMerge(
    Layer.merge(workerLayer({ queues, concurrency }), upkeepLayer),
    servicesLayer(config)
  )
  return yield* Effect.scoped(Effect.provide(work, layers))
})

const welcome = Effect.fnUntraced(function* ({ tell }: CommandHost) {
  const made = yield* firstAdministrator
  if (Option.isNone(made)) return
  const { email, password } = made.value
  tell(`There was no user yet. The administrator is ${email} with the password ${password}, which is shown only now.`)
})

/** Says of each part whether it is there. */
const checked = Effect.fnUntraced(function* ({ tell }: CommandHost) {
  const states = yield* checkDependencies
  for (const { durationMs, name, status } of states) tell(`${name}: ${status} (${durationMs} ms)`)
  return states.every(({ status }) => status === "up")
})
