import type { ExtractionRun } from "@timegrid/core"
import type { PipelineEvent } from "@timegrid/core/pipeline"

/** What the higher tiers have done for one file, a sentence each; none where they were not needed. */
export const tierNotes = ({ report }: ExtractionRun, events: ReadonlyArray<PipelineEvent>): ReadonlyArray<string> => [
  ...events.flatMap((event) =>
    event.type === "stage:failed" && event.stage.startsWith("tiers/")
      ? `warning: ${event.stage.slice("tiers/".length)}: ${event.code}: ${event.message.split("\n", 1)[0]}`
      : []
  ),
  ...cachedProviders(events).map((provider) => `what ${provider} says of it was known already`),
  ...Object.entries(report.spent).map(
    ([provider, { pages, usd }]) =>
      `${provider} was shown ${pages} ${pages === 1 ? "page" : "pages"}, $${usd.toFixed(4)}`
  )
]

const cachedProviders = (events: ReadonlyArray<PipelineEvent>): ReadonlyArray<string> => [
  ...new Set(events.flatMap((event) => (event.type === "provider:cached" ? event.provider : [])))
]
