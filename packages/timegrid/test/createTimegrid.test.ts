import { createReadStream } from "node:fs"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { BlobStore, DocumentError, type ExtractionProgress, MemoryBlobStore, UntimedExtraction } from "@timegrid/core"
import { Journal, MemoryJournal, stage } from "@timegrid/core/pipeline"
import { makeTimetable } from "@timegrid/maker"
import { afterAll, assert, beforeAll, describe, expect, it } from "vitest"
import * as z from "zod"
import { createTimegrid, FileError, type Timegrid, TimegridClosedError } from "../src/index.ts"
import { childrenOf } from "./processes.ts"
import { reader as obedient, obey } from "./readers/obedient.ts"

let folder = ""
let path = ""
let bytes = new Uint8Array()
let timegrid: Timegrid

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "timegrid-"))
  path = join(folder, "week.docx")
  bytes = new Uint8Array((await makeTimetable({ seed: 3, tier: "docx" })).bytes)
  await writeFile(path, bytes)
  timegrid = await createTimegrid({ readers: [obedient], concurrency: 2 })
})

afterAll(async () => {
  await timegrid.close()
  await rm(folder, { recursive: true })
})

describe("createTimegrid", () => {
  it("reads the same from bytes, a path, a URL, a Blob, a File and either kind of stream", async () => {
    const inputs = [
      bytes,
      Buffer.from(bytes),
      path,
      pathToFileURL(path),
      new Blob([bytes]),
      new File([bytes], "other.pdf"),
      new Blob([bytes]).stream(),
      createReadStream(path)
    ]
    const results = await Promise.all(inputs.map((input) => timegrid.extract(input)))
    assert.isAbove(results[0]?.timeblocks.length ?? 0, 0)
    for (const { documentHash, timeblocks } of results) {
      assert.deepStrictEqual([documentHash, timeblocks], [results[0]?.documentHash, results[0]?.timeblocks])
    }
    assert.deepStrictEqual(
      results.map(({ file }) => file),
      ["document", "document", "week.docx", "week.docx", "document", "other.pdf", "document", "document"]
    )
  })

  it("gives plain data that survives JSON both ways", async () => {
    const extraction = await timegrid.extract(bytes)
    assert.deepStrictEqual(JSON.parse(JSON.stringify(extraction)), extraction)
  })

  it("tells progress that never falls, through every stage to the end", async () => {
    const progress: Array<ExtractionProgress> = []
    await timegrid.extract(bytes, { onProgress: (step) => progress.push(step) })
    assert.deepStrictEqual(
      [...new Set(progress.map(({ stage }) => stage))],
      ["classification", "preprocessing", "ocr", "interpretation", "validation"]
    )
    const fractions = progress.map(({ fraction }) => fraction)
    assert.deepStrictEqual(
      fractions,
      fractions.toSorted((a, b) => a - b)
    )
    assert.deepStrictEqual(progress.at(-1), { stage: "validation", fraction: 1, page: 1, pages: 1 })
  })

  it("tells how a reading went, as a job's row has it", async () => {
    const types: Array<string> = []
    const { extraction, metadata, report, route } = await timegrid.run(bytes, {
      onEvent: ({ type }) => types.push(type)
    })
    assert.deepStrictEqual([types[0], types.at(-1)], ["run:started", "run:completed"])
    assert.deepInclude(metadata, { classification: "docx", pageCount: 1 })
    assert.deepStrictEqual(report.spent, {})
    assert.isAtMost(extraction.timings.total - (metadata.processingTime?.total ?? 0), 1)
    assert.oneOf(route.decision, ["accept", "review"])
  })

  it("lends its pipeline to stages of one's own", async () => {
    const count = stage({
      name: "count",
      version: "1",
      needs: { reading: UntimedExtraction },
      gives: { blocks: z.int() },
      run: ({ reading }) => ({ blocks: reading.timeblocks.length })
    })
    const { artifacts } = await timegrid.pipeline.use(count).run({ document: { file: "a", bytes } })
    assert.strictEqual(artifacts.blocks, (await timegrid.extract(bytes)).timeblocks.length)
  })

  it("replays a reading from its journal byte for byte", async () => {
    const kept = timegrid.pipeline.provide(Journal, MemoryJournal.make()).provide(BlobStore, MemoryBlobStore.make())
    const run = await kept.run({ document: { file: "a", bytes } }, { runId: "once" })
    assert.strictEqual(JSON.stringify(await kept.replay("once")), JSON.stringify(run))
  })

  it("rejects with the classes of its errors", async () => {
    const corrupt = await timegrid.extract(obey("exit")).catch((error: unknown) => error)
    assert.instanceOf(corrupt, DocumentError)
    assert.strictEqual(corrupt.code, "corrupt_file")
    const missing = await timegrid.extract(join(folder, "missing.pdf")).catch((error: unknown) => error)
    assert.instanceOf(missing, FileError)
    const remote = await timegrid.extract(new URL("https://example.com/a.pdf")).catch((error: unknown) => error)
    assert.instanceOf(remote, FileError)
  })

  it("stops reading a stream that is larger than allowed", async () => {
    const small = await createTimegrid({ limits: { fileBytes: 1000 }, isolate: false })
    let pieces = 0
    const endless = (async function* () {
      while (true) {
        pieces += 1
        yield new Uint8Array(400)
      }
    })()
    await expect(small.extract(endless)).rejects.toMatchObject({ code: "file_too_large" })
    assert.isAtMost(pieces, 4)
    await small.close()
  })

  it("rejects with the reason of a signal, before and during the call", async () => {
    const reason = new Error("no longer needed")
    await expect(timegrid.extract(bytes, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    const controller = new AbortController()
    const call = timegrid.extract(obey("wait for ever"), { signal: controller.signal })
    setTimeout(() => controller.abort(reason), 100)
    await expect(call).rejects.toBe(reason)
    assert.strictEqual((await timegrid.extract(bytes)).file, "document")
  })

  it("ends what is under way when it is closed, leaves no process, and refuses further calls", async () => {
    const before = new Set(childrenOf(process.pid))
    const other = await createTimegrid({ readers: [obedient] })
    const call = other.extract(obey("loop for ever")).catch((error: unknown) => error)
    await new Promise((resolve) => setTimeout(resolve, 300))
    await other.close()
    assert.instanceOf(await call, TimegridClosedError)
    await expect(other.extract(bytes)).rejects.toThrow(TimegridClosedError)
    assert.deepStrictEqual(
      childrenOf(process.pid).filter((pid) => !before.has(pid)),
      []
    )
    await other.close()
  })

  it("starts no process when its files are trusted", async () => {
    const before = new Set(childrenOf(process.pid))
    const trusting = await createTimegrid({ readers: [obedient], isolate: false })
    assert.strictEqual((await trusting.extract(obey("say hello"))).pages.length, 1)
    assert.deepStrictEqual(
      childrenOf(process.pid).filter((pid) => !before.has(pid)),
      []
    )
    await trusting.close()
  })
})
