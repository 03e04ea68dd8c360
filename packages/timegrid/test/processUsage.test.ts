import { spawn } from "node:child_process"
import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { parsePsUsage, processUsage } from "../src/isolation/processUsage.ts"

describe("the usage of a process", () => {
  it.effect("grows with its memory and its time", () =>
    Effect.gen(function* () {
      const before = yield* processUsage(process.pid)
      const taken = new Uint8Array(64 * 1024 * 1024).fill(1)
      const end = performance.now() + 100
      while (performance.now() < end);
      const after = yield* processUsage(process.pid)
      assert.isAbove(after?.residentBytes ?? 0, (before?.residentBytes ?? 0) + taken.length / 2)
      assert.isAbove(after?.cpuSeconds ?? 0, before?.cpuSeconds ?? 0)
    })
  )

  it.effect("is not there when the process is gone", () =>
    Effect.gen(function* () {
      const child = spawn(process.execPath, ["--version"])
      yield* Effect.promise(() => new Promise((resolve) => child.once("exit", resolve)))
      assert.isNull(yield* processUsage(child.pid ?? 0))
    })
  )

  it("is read from ps in each form that it writes", () => {
    assert.deepStrictEqual(parsePsUsage("  51200     0:03.25\n"), { residentBytes: 51200 * 1024, cpuSeconds: 3.25 })
    assert.deepStrictEqual(parsePsUsage(" 1 01:02:03\n"), { residentBytes: 1024, cpuSeconds: 3723 })
    assert.deepStrictEqual(parsePsUsage(" 1 1-00:00:01\n"), { residentBytes: 1024, cpuSeconds: 86401 })
    assert.isNull(parsePsUsage(""))
  })
})
