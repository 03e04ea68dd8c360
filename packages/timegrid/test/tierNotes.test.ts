import type { PipelineEvent } from "@timegrid/core/pipeline"
import { assert, describe, it } from "vitest"
import { tierNotes } from "../src/command/tierNotes.ts"

const at = "2026-03-02T09:00:00.000Z"

const called = (provider: string, ...shown: ReadonlyArray<string>): ReadonlyArray<PipelineEvent> =>
  shown.map((each, seq) => ({
    ...{ type: "provider:called", seq, runId: "r", at, stage: "tiers/llm", provider, shown: each },
    atMost: { usd: 0, pages: 1, seconds: 0 }
  }))

const noted = (spent: Readonly<Record<string, { usd: number; pages: number }>>, events: ReadonlyArray<PipelineEvent>) =>
  tierNotes(
    {
      report: {
        stages: [],
        totalMs: 1,
        spent: Object.fromEntries(Object.entries(spent).map(([name, cost]) => [name, { ...cost, seconds: 1 }]))
      }
    },
    events
  )

describe("what is said of the higher tiers", () => {
  it("is who was shown what, once for each page however often it was sent", () => {
    const events = called("http", "the image of page 1", "the image of page 1", "the image of page 2")
    assert.deepStrictEqual(noted({ http: { usd: 0.03, pages: 3 } }, events), ["http was shown 2 pages, $0.0300"])
  })

  it("is so also of who turned the page away once it was sent, and costs nothing where nobody knows what it costs", () => {
    const events = called("anthropic", "text with the hash c0ffee")
    assert.deepStrictEqual(noted({ anthropic: { usd: 0, pages: 0 } }, events), ["anthropic was shown 1 page"])
  })

  it("is nothing where nobody was asked", () => {
    assert.deepStrictEqual(noted({}, []), [])
  })
})
