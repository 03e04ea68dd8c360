import type { ExtractionRun } from "@timegrid/core"
import type { PipelineEvent } from "@timegrid/core/pipeline"

/** What the higher tiers have done for one file, a sentence each; none where they were not needed. */
export const tierNotes = (
  { report }: Pick<ExtractionRun, "report">,
  events: ReadonlyArray<PipelineEvent>
): ReadonlyArray<string> => [
  ...events.flatMap((event) =>
    event.type === "stage:failed" && event.stage.startsWith("tiers/")
      ? `warning: ${event.stage.slice("tiers/".length)}: ${event.code}: ${event.message.split("\n", 1)[0]}`
      : []
  ),
  ...cachedProviders(events).map((provider) => `what ${provider} says of it was known already`),
  ...[...pagesShown(events)].map(([provider, { size }]) => {
    const usd = report.spent[provider]?.usd ?? 0
    // Nothing is what it costs where nobody has given a price.
    return `${provider} was shown ${size} ${size === 1 ? "page" : "pages"}${usd === 0 ? "" : `, $${usd.toFixed(4)}`}`
  })
]

/** What each provider was sent, once however often it was, and whatever it answered. */
const pagesShown = (events: ReadonlyArray<PipelineEvent>): ReadonlyMap<string, ReadonlySet<string | null>> => {
  const shown = new Map<string, Set<string | null>>()
  for (const event of events)
    if (event.type === "provider:called")
      shown.set(event.provider, (shown.get(event.provider) ?? new Set()).add(event.shown))
  return shown
}

const cachedProviders = (events: ReadonlyArray<PipelineEvent>): ReadonlyArray<string> => [
  ...new Set(events.flatMap((event) => (event.type === "provider:cached" ? event.provider : [])))
]
