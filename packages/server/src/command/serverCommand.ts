/** `timegrid serve` and `timegrid worker`. */
import { parseArgs } from "node:util"
import { type QueueName, queueNames } from "@timegrid/core"
import { Data, Effect, Layer, Option } from "effect"
import { firstAdministrator } from "../accounts/firstAdministrator.ts"
import { appOptions } from "../serving/createServer.ts"
import { openPort } from "../serving/listen.ts"
import { makeServerApp, type ServerServices } from "../serving/ServerApp.ts"
import { servicesLayer, upkeepLayer, workerLayer } from "../serving/TimegridServer.ts"
import { readConfig } from "../settings/ServerConfig.ts"
import { checkDependencies } from "../site/Readiness.ts"
import { workQueues } from "../workers/consumeQueues.ts"

/** The command line does not make sense. */
export class CommandLineInvalid extends Data.TaggedError("CommandLineInvalid")<{
  /** One sentence. */
  readonly message: string
}> {
  readonly code = "usage"
}

/** What a command is given by the process that it runs in. */
export interface CommandHost {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly version: string
  /** Tells the person at the terminal one line. */
  readonly tell: (line: string) => void
}

const wrong = (message: string) => Effect.fail(new CommandLineInvalid({ message }))

/** Runs until it is interrupted; `--check` succeeds with whether all that is configured is there. */
export const serveCommand = Effect.fn("serveCommand")(function* (args: ReadonlyArray<string>, host: CommandHost) {
  const { values } = yield* parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "3000" },
        host: { type: "string", default: "127.0.0.1" },
        data: { type: "string", default: ".timegrid" },
        "no-worker": { type: "boolean", default: false },
        check: { type: "boolean", default: false }
      }
    })
  )
  const port = Number(values.port)
  if (!/^\d{1,5}$/.test(values.port) || port > 65_535) return yield* wrong(`There is no port ${values.port}.`)
  const config = yield* readConfig(host.environment, values.data)
  if (values.check) return yield* Effect.provide(checked(host), servicesLayer(config))
  const work = values["no-worker"] ? Layer.empty : workerLayer()
  const layers = Layer.provideMerge(Layer.merge(work, upkeepLayer), servicesLayer(config))
  return yield* Effect.scoped(
    Effect.gen(function* () {
      // Before anything is made: of the first administrator it is told only once.
      const { serve, url } = yield* openPort({ host: values.host, port })
      const served = Effect.gen(function* () {
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
  const { values } = yield* parsed(() =>
    parseArgs({
      args: [...args],
      options: {
        queues: { type: "string" },
        data: { type: "string", default: ".timegrid" },
        concurrency: { type: "string", default: "1" }
      }
    })
  )
  const queues = yield* namedQueues(values.queues)
  const concurrency = Number(values.concurrency)
  if (!/^\d{1,3}$/.test(values.concurrency) || concurrency === 0) {
    return yield* wrong(`--concurrency is a number from 1, not ${values.concurrency}.`)
  }
  const config = yield* readConfig(host.environment, values.data)
  if (config.databaseUrl === null) {
    return yield* wrong("A worker of its own needs DATABASE_URL: an embedded database is for one process.")
  }
  const work = Effect.suspend(() => {
    host.tell(`Timegrid ${host.version} works on ${queues.join(", ")}`)
    return Effect.never
  })
  const layers = Layer.provideMerge(
    Layer.merge(workerLayer({ queues, concurrency }), upkeepLayer),
    servicesLayer(config)
  )
  return yield* Effect.scoped(Effect.provide(work, layers))
})

const parsed = <A>(parse: () => A) =>
  Effect.try({
    try: parse,
    catch: (cause) => new CommandLineInvalid({ message: cause instanceof Error ? cause.message : String(cause) })
  })

const namedQueues = (names: string | undefined): Effect.Effect<ReadonlyArray<QueueName>, CommandLineInvalid> => {
  if (names === undefined) return Effect.succeed(workQueues)
  const isQueue = (name: string): name is QueueName => queueNames.some((each) => each === name)
  const named = names.split(",").map((name) => name.trim())
  const unknown = named.find((name) => !isQueue(name))
  return unknown === undefined
    ? Effect.succeed(named.filter(isQueue))
    : wrong(`There is no queue ${unknown}; there are ${workQueues.join(", ")}.`)
}

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
