/** The command lines of `timegrid serve` and `timegrid worker`, checked before anything is opened. */
import { parseArgs } from "node:util"
import { type QueueName, queueNames } from "@timegrid/core"
import { Data, Effect } from "effect"
import { workQueues } from "../workers/consumeQueues.ts"

/** The command line does not make sense. */
export class CommandLineInvalid extends Data.TaggedError("CommandLineInvalid")<{
  /** One sentence. */
  readonly message: string
}> {
  readonly code = "usage"
}

/** Fails because a command line makes no sense. */
export const wrong = (message: string) => Effect.fail(new CommandLineInvalid({ message }))

/** What follows `timegrid serve`. */
export const parseServeArguments = Effect.fnUntraced(function* (args: ReadonlyArray<string>) {
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
  const { check, data, host, "no-worker": noWorker, port: text } = values
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) return yield* wrong(`There is no port ${text}.`)
  return { port, host, data, worker: !noWorker, check }
})

/** What follows `timegrid worker`. */
export const parseWorkerArguments = Effect.fnUntraced(function* (args: ReadonlyArray<string>) {
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
  return { queues, data: values.data, concurrency }
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
