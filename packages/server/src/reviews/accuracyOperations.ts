/** What reviews say of the accuracy of each tier and field. */
import { Extractions, ReviewTasks } from "@timegrid/core/repository"
import { ReviewCorrections } from "@timegrid/core/review"
import { Effect, Stream } from "effect"
import { api } from "../contract/index.ts"
import { operation } from "../http/Operation.ts"

const fields = ["dayOfWeek", "startTime", "endTime", "name", "notes"] as const

interface Count {
  reviewed: number
  corrected: number
}

const accuracy = operation(api.reviewTasks.accuracy, ({ query: { since } }) =>
  Effect.gen(function* () {
    const [extractions, tasks] = [yield* Extractions, yield* ReviewTasks]
    const counts = new Map<string, Count>()
    const count = (tier: string, field: string, reviewed: number, corrected: number) => {
      const key = `${tier}\n${field}`
      const before = counts.get(key) ?? { reviewed: 0, corrected: 0 }
      counts.set(key, { reviewed: before.reviewed + reviewed, corrected: before.corrected + corrected })
    }
    yield* Stream.runForEach(tasks.stream({ statuses: ["completed"] }), ({ completedAt, jobId, metadata }) =>
      Effect.gen(function* () {
        if (since !== undefined && (completedAt === null || completedAt < since)) return
        const corrections = ReviewCorrections.safeParse(metadata.corrections)
        if (!corrections.success) return
        const { added, changed, kept, removed } = corrections.data
        const read = yield* extractions.list({ filter: { jobId }, limit: 1 })
        const tier = read.items[0]?.result.tier ?? "unknown"
        // A timeblock that is none is wrong in all of its fields; one that was overlooked is no field that was read.
        const reviewed = kept + changed.length + removed.length
        for (const field of fields) {
          const wrong = changed.filter((each) => each.fields[field] !== undefined).length + removed.length
          count(tier, field, reviewed, wrong)
        }
        count(tier, "timeblock", reviewed + added.length, removed.length + added.length)
      })
    )
    const items = [...counts].map(([key, { corrected, reviewed }]) => {
      const [tier = "", field = ""] = key.split("\n")
      return { tier, field, reviewed, corrected, accuracy: reviewed === 0 ? 1 : 1 - corrected / reviewed }
    })
    return { body: { items } }
  })
)

/** Every operation on the accuracy of readings. */
export const accuracyOperations = [accuracy]
