import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { makeTimetable } from "@timegrid/maker"
import { startLoopbackLlm } from "@timegrid/testing/loopback"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { timegrid } from "./processes.ts"

let folder = ""
let posts = 0
/** An engine that can read nothing. */
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    posts += 1
    response.setHeader("content-type", "application/json").end(JSON.stringify({ words: [] }))
  })
})

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "timegrid-"))
  for (const tier of ["png", "pdf"] as const)
    await writeFile(join(folder, `week.${tier}`), (await makeTimetable({ seed: 2, tier })).bytes)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

/** A model that finds nothing on any page. */
const emptyAnswer = JSON.stringify({
  metadata: { schoolName: null, className: null, teacher: null, term: null, year: null },
  timeblocks: []
})

const run = (...options: ReadonlyArray<string>) => {
  // A server that listens on a port has an address.
  const { port } = server.address() as AddressInfo
  const commandLine = ["extract", "week.png", "--ocr", "tesseract", "--format", "json", ...options]
  return timegrid(commandLine, folder, { TIMEGRID_OCR_URL: `http://127.0.0.1:${port}/ocr` })
}

const tierOf = (stdout: string): unknown => JSON.parse(stdout).tier

describe("timegrid extract with higher tiers", () => {
  it("shows a page to an engine that was named, says so, and keeps the better reading", async () => {
    posts = 0
    const options = ["--cloud-ocr", "http", "--cloud-ocr-price", "0.01", "--accept-from", "100"]
    const { code, stderr, stdout } = await run(...options)
    assert.include(stderr, "week.png: http was shown 1 page, $0.0100")
    assert.deepStrictEqual([code, posts, tierOf(stdout)], [0, 1, "tesseract"])
  })

  it("calls nobody whom the budget does not allow", async () => {
    posts = 0
    const options = ["--cloud-ocr", "http", "--cloud-ocr-price", "0.01", "--budget", "0.005", "--accept-from", "100"]
    const { code, stderr, stdout } = await run(...options)
    assert.include(stderr, "week.png: warning: cloudOcr: budget_exceeded")
    assert.deepStrictEqual([code, posts, tierOf(stdout)], [0, 0, "tesseract"])
  })

  it("asks a model that was named, and keeps the offline reading where that is surer", async () => {
    const model = await startLoopbackLlm("openai-chat", () => ({ answer: emptyAnswer }))
    const commandLine = ["extract", "week.pdf", "--format", "json", "--accept-from", "100", "--llm-price", "1,5"]
    const service = ["--llm", "openai-compatible:stand-in", "--llm-url", model.baseUrl]
    const { code, stderr, stdout } = await timegrid([...commandLine, ...service], folder)
    await model.close()
    assert.match(stderr, /week.pdf: openai-compatible was shown 1 page, \$0\.\d{4}/)
    assert.deepStrictEqual([code, tierOf(stdout)], [0, "native"])
  })

  it("says which variable is missing before anything is read", async () => {
    const { code, stderr } = await run("--llm", "anthropic:claude-haiku-4-5")
    assert.strictEqual(code, 2)
    assert.include(stderr, "--llm anthropic:claude-haiku-4-5 needs the variable ANTHROPIC_API_KEY in the environment.")
  })

  it("says which models there are where a name means nothing", async () => {
    const { code, stderr } = await run("--llm", "oracle")
    assert.strictEqual(code, 2)
    assert.include(stderr, "PROVIDER:MODEL")
  })
})
