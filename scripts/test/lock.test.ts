import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { withLock } from "../bootstrap/lock.mjs"

const program = path.join(import.meta.dirname, "programs/holdLock.mjs")

describe("withLock", () => {
  let folder: string
  let lock: string
  let log: string

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "timegrid lock "))
    lock = path.join(folder, "lock")
    log = path.join(folder, "log")
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  const start = (milliseconds: number): ChildProcess =>
    spawn(process.execPath, [program, lock, log, `${milliseconds}`], { stdio: "inherit" })
  const entries = () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [])
  const ended = async (child: ChildProcess) => child.exitCode ?? (await once(child, "exit"))[0]

  it("lets one process in after the other and leaves nothing behind", async () => {
    const children = [start(50), start(50), start(50), start(50)]
    expect(await Promise.all(children.map(ended))).toEqual([0, 0, 0, 0])
    const pids = entries().filter((_, index) => index % 2 === 0)
    expect(entries()).toEqual(pids.flatMap((entry) => [entry, entry.replace("in", "out")]))
    expect(existsSync(lock)).toBe(false)
  })

  it("is taken over by several waiting processes, one at a time, when its holder was killed", async () => {
    const holder = start(60_000)
    while (entries().length === 0) await sleep(20)
    holder.kill("SIGKILL")
    await ended(holder)
    const children = [start(50), start(50), start(50)]
    expect(await Promise.all(children.map(ended))).toEqual([0, 0, 0])
    const later = entries().slice(1)
    expect(later.filter((_, index) => index % 2 === 0).every((entry) => entry.endsWith("in"))).toBe(true)
    expect(later.filter((_, index) => index % 2 === 1).every((entry) => entry.endsWith("out"))).toBe(true)
  })

  it("is still held while a child of its killed holder lives", async () => {
    const orphan = spawn(process.execPath, ["--eval", "setTimeout(() => {}, 60_000)"])
    await withLock(lock, async (alsoHeldBy) => {
      alsoHeldBy(orphan.pid!)
      writeFileSync(path.join(folder, "as left behind"), readFileSync(lock, "utf8").split("\n")[1] ?? "")
    })
    writeFileSync(lock, readFileSync(path.join(folder, "as left behind")))

    const waiting = start(0)
    await sleep(500)
    expect(entries()).toEqual([])
    orphan.kill("SIGKILL")
    expect(await ended(waiting)).toBe(0)
  })

  it("is free again after a task that failed", async () => {
    await expect(withLock(lock, () => Promise.reject(new Error("the task failed")))).rejects.toThrow("the task failed")
    expect(await withLock(lock, async () => "in")).toBe("in")
  })
})
