import { existsSync } from "node:fs"
import { mkdtemp, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { describe, expect, it } from "vitest"
import { capture, run } from "../bootstrap/run.mjs"

const evaluate = (program: string) => run(process.execPath, ["--eval", program], { output: "onFailure" })

describe("run", () => {
  it.each([0, 1, 2, 130])("gives the exit code %i of the command", async (code) => {
    expect(await evaluate(`process.exit(${code})`)).toBe(code)
  })

  it("fails when a signal killed the command", async () => {
    expect(await evaluate(`process.kill(process.pid, "SIGKILL")`)).toBe(128 + 9)
  })

  it("fails when there is no such command", async () => {
    expect(await capture("there-is-no-such-command", [])).toEqual({
      code: 127,
      output: expect.stringContaining("ENOENT")
    })
  })

  it("passes a signal on and gives the code with which the command then ends", async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "timegrid-run-"))
    const ready = path.join(folder, "ready")
    const program = `process.once("SIGTERM", () => process.exit(130)); setTimeout(() => {}, 60_000);
      require("node:fs").writeFileSync(${JSON.stringify(ready)}, "")`
    const ended = run(process.execPath, ["--eval", program], { output: "stderr" })
    while (!existsSync(ready)) await sleep(10)
    await rm(folder, { recursive: true })
    process.emit("SIGTERM", "SIGTERM")
    expect(await ended).toBe(130)
  })
})
