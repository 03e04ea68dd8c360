// Takes a job of the queue and is never done with it; says so, to be killed then.
import { WakeUps } from "@timegrid/core/queue"
import { Effect, Option } from "effect"
import { BullWakeUps } from "../../src/index.ts"

const [url = ""] = process.argv.slice(2)

const hang = (jobId: Option.Option<string>) =>
  Option.isNone(jobId)
    ? Effect.succeed(false)
    : Effect.andThen(
        Effect.sync(() => process.stdout.write(`${jobId.value}\n`)),
        Effect.never
      )

await WakeUps.use(({ consume }) => consume("ocr-queue", hang, { pollEvery: "1 hour" })).pipe(
  Effect.andThen(Effect.never),
  Effect.scoped,
  Effect.provide(BullWakeUps.layer({ url })),
  Effect.runPromise
)
