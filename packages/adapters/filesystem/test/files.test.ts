import { spawn } from "node:child_process"
import { once } from "node:events"
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { BlobRefused } from "@timegrid/core"
import { FileBlobStore } from "@timegrid/filesystem"
import { onDisk } from "@timegrid/test-servers"
import { Effect, Option, Stream } from "effect"
import * as fc from "fast-check"
import { afterEach, assert, beforeEach, describe, it } from "vitest"

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "timegrid-blobs-"))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

const store = (path = folder) => Effect.runPromise(FileBlobStore.make({ folder: path }))
const arrivals = (path = folder) => readdirSync(join(path, ".incoming"))
const aged = (file: string) => utimesSync(file, new Date(0), new Date(0))

describe("FileBlobStore", () => {
  it("lays a blob where its key says, so that people find it", async () => {
    const blobs = await store()
    await Effect.runPromise(blobs.put("uploads/2026/11/22/a-b_c.1.pdf", new Uint8Array(3)))
    assert.isTrue(existsSync(join(folder, "uploads/2026/11/22/a-b_c.1.pdf")))
    assert.deepStrictEqual(arrivals(), [])
  })

  it("never leaves its folder, whatever the key", async () => {
    const inner = join(folder, "inner")
    const blobs = await store(inner)
    const odd = fc.string({ unit: fc.constantFrom("/", ".", "..", "\\", "\0", "~", ":", "a", "%2e", "%2F", "C:", " ") })
    const property = fc.asyncProperty(odd, async (key) => {
      await Effect.runPromise(Effect.result(blobs.put(key, new Uint8Array(1))))
      assert.deepStrictEqual(readdirSync(folder), ["inner"])
      await Effect.runPromise(blobs.remove(key))
    })
    await fc.assert(property, { numRuns: 100, seed: 1 })
  })

  it("refuses a key that is another's folder, and keeps both readable", async () => {
    const blobs = await store()
    await Effect.runPromise(blobs.put("a/b", new Uint8Array([1])))
    for (const key of ["a", "a/b/c"]) {
      const error = await Effect.runPromise(Effect.flip(blobs.put(key, new Uint8Array([2]))))
      assert.instanceOf(error.reason, BlobRefused)
      assert.isTrue(Option.isNone(await Effect.runPromise(blobs.find(key))))
      assert.isTrue(Option.isNone(await Effect.runPromise(blobs.stat(key))))
      await Effect.runPromise(blobs.remove(key))
    }
    assert.strictEqual(Option.getOrThrow(await Effect.runPromise(blobs.find("a/b")))[0], 1)
    assert.deepStrictEqual(arrivals(), [])
  })

  it("lists no file that it did not write", async () => {
    const blobs = await store()
    await Effect.runPromise(blobs.put("kept", new Uint8Array(1)))
    writeFileSync(join(folder, "README"), "put here by somebody")
    mkdirSync(join(folder, ".git"))
    symlinkSync("/etc/passwd", join(folder, "passwd"))
    const listed = await Effect.runPromise(Stream.runCollect(blobs.list("")))
    assert.deepStrictEqual(
      listed.map(({ key }) => key),
      ["kept"]
    )
  })

  it("sweeps what writers have left a day ago, and not what is being written", async () => {
    const blobs = await store()
    for (const name of ["old", "new"]) writeFileSync(join(folder, ".incoming", name), "half")
    aged(join(folder, ".incoming", "old"))
    assert.strictEqual(await Effect.runPromise(blobs.sweep("1 day")), 1)
    assert.deepStrictEqual(arrivals(), ["new"])
    assert.strictEqual(await Effect.runPromise(blobs.sweep("1 day")), 0)
  })

  it("shows the old blob or the new one, whole, when its writer is killed", async () => {
    const program = join(import.meta.dirname, "programs", "writeForever.ts")
    for (let round = 0; round < 5; round += 1) {
      const writer = spawn(process.execPath, [program, folder], { stdio: ["ignore", "pipe", "inherit"] })
      await once(writer.stdout, "data")
      await sleep(round * 7)
      writer.kill("SIGKILL")
      await once(writer, "exit")
      const blobs = await store()
      const found = Option.getOrThrow(await Effect.runPromise(blobs.find("killed/one")))
      assert.strictEqual(found.byteLength, 1_048_576)
      assert.isTrue(found.every((byte) => byte === found[0]))
      await Effect.runPromise(blobs.sweep("0 seconds"))
      assert.deepStrictEqual(arrivals(), [])
    }
  })

  it("refuses what a full disk cannot hold, leaves nothing behind, and takes what fits afterwards", () => {
    const program = join(import.meta.dirname, "programs", "fillDisk.ts")
    const run = onDisk(folder, "size=1m", [process.execPath, program, folder])
    if (run === null) return
    const refused = { reason: "BlobRefused", code: "ENOSPC", left: [] }
    assert.deepStrictEqual(JSON.parse(run.stdout), {
      whole: refused,
      streamed: refused,
      kept: [10_000, null, null, 100_000]
    })
  })
})
