import { setTimeout } from "node:timers/promises"
import { assert, describe, it } from "vitest"
import { childrenOf, isRunning, start, untilGone } from "./processes.ts"

describe("a parser process", () => {
  it("ends when its parent is killed, even while it parses for ever", async () => {
    const { child, untilWritten } = start("test/programs/holdParser.ts")
    await untilWritten("parser ")
    const [parser = 0] = childrenOf(child.pid ?? 0)
    await setTimeout(200)
    assert.isTrue(isRunning(parser))
    child.kill("SIGKILL")
    await untilGone(parser)
    assert.isFalse(isRunning(parser))
  })
})
