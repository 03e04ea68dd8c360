import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { durableLine, textIn } from "./durableLine.ts"

let folder = ""

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "timegrid-"))
})

afterEach(() => rm(folder, { recursive: true }))

const ran = () => textIn(join(folder, "ran"))?.trim().split("\n") ?? []

/** Starts the run in a process of its own, and kills that while the third stage is at work. */
const killed = async () => {
  const program = fileURLToPath(new URL("programs/stallingRun.ts", import.meta.url))
  const child = spawn(process.execPath, ["--conditions=@timegrid/source", program, folder], { stdio: "inherit" })
  const exited = once(child, "exit")
  while (!ran().includes("third")) await Promise.race([sleep(20), exited.then(() => Promise.reject("ended early"))])
  child.kill("SIGKILL")
  await exited
}

describe("a run whose process is killed", () => {
  test("goes on in another after the last finished stage, counts the call that was cut off, and replays", async () => {
    await killed()
    const line = durableLine(folder, false)
    const run = await line.resume("r")
    expect(run).toMatchObject({ status: "completed", artifacts: { five: 5 } })
    expect(ran()).toEqual(["first", "second", "third", "third", "fourth"])
    expect(run.report.spent.dear?.usd).toBe(2)
    expect(JSON.stringify(await durableLine(folder, false).replay("r"))).toBe(JSON.stringify(run))
    expect(ran()).toHaveLength(5)
  })

  test("makes no call for which what was cut off has left no money", async () => {
    await killed()
    const refused = durableLine(folder, false).resume("r", { budget: { usd: 1.5 } })
    await expect(refused).rejects.toMatchObject({ code: "budget_exceeded", stage: "third" })
    expect(ran()).toEqual(["first", "second", "third"])
  })
})
