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

/** What may still be used: lines that were being read are read to their end, by every thread one. */
const mostMs = 1_000

describe("a cancelled run", () => {
  it("stops using the processor, though it was reading a page image", async () => {
    const { bytes } = await makeTimetable({ seed: 5, tier: "png" })
    const timegrid = await createTimegrid()
    const controller = new AbortController()
    const read = Promise.withResolvers<void>()
    const onEvent = (event: PipelineEvent) => {
      if (event.type === "stage:progress" && event.stage === "ocr") read.resolve()
    }
    const call = timegrid.run(bytes, { signal: controller.signal, onEvent })
    const rejected = expect(call).rejects.toMatchObject({ name: "AbortError" })
    await read.promise
    const cancelled = processorMs()
    controller.abort()
    await rejected
    // In processor time, of which a busy machine gives as much, only later.
    while ((await shareUsed(400)) > 0.05) assert.isBelow(processorMs() - cancelled, mostMs)
    await timegrid.close()
  })
})
