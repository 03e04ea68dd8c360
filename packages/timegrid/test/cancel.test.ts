import { setTimeout as sleep } from "node:timers/promises"
import type { PipelineEvent } from "@timegrid/core/pipeline"
import { makeTimetable } from "@timegrid/maker"
import { Effect } from "effect"
import { assert, describe, expect, it } from "vitest"
import { createTimegrid } from "../src/index.ts"
import { processUsage } from "../src/isolation/processUsage.ts"
import { childrenOf } from "./processes.ts"

/** Milliseconds of processor time that this process, its threads and its children have used. */
const processorMs = () => {
  const { system, user } = process.cpuUsage()
  const children = childrenOf(process.pid).map((pid) => Effect.runSync(processUsage(pid))?.cpuSeconds ?? 0)
  return (system + user) / 1_000 + 1_000 * children.reduce((sum, seconds) => sum + seconds, 0)
}

/** The share of one processor that is used in a stretch of time. */
const shareUsed = async (ms: number) => {
  const [before, start] = [processorMs(), performance.now()]
  await sleep(ms)
  return (processorMs() - before) / (performance.now() - start)
}

/** Of what the rest of the page would take this share may still be used: every thread reads its line to the end. */
const mostShare = 0.5

describe("a cancelled run", () => {
  it("stops using the processor, though it was reading a page image", async () => {
    const { bytes } = await makeTimetable({ seed: 5, tier: "png" })
    const timegrid = await createTimegrid()
    /** Starts to read; the second promise is kept when the first lines of the page are read. */
    const start = (signal?: AbortSignal) => {
      const reading = Promise.withResolvers<void>()
      const onEvent = (event: PipelineEvent) => {
        if (event.type === "stage:progress" && event.stage === "ocr") reading.resolve()
      }
      return [timegrid.run(bytes, { ...(signal && { signal }), onEvent }), reading.promise] as const
    }
    const [whole, isReading] = start()
    await isReading
    const before = processorMs()
    await whole
    const rest = processorMs() - before

    const controller = new AbortController()
    const [cut, isReadingAgain] = start(controller.signal)
    const rejected = expect(cut).rejects.toMatchObject({ name: "AbortError" })
    await isReadingAgain
    const cancelled = processorMs()
    controller.abort()
    await rejected
    // In processor time, of which a busy machine gives as much, only later, and a slow one more for the same work.
    while ((await shareUsed(400)) > 0.05) assert.isBelow(processorMs() - cancelled, mostShare * rest)
    await timegrid.close()
  })
})
