import { spawn, spawnSync } from "node:child_process"
import { once } from "node:events"
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { JSDOM } from "jsdom"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { npmCommand } from "../scripts/bootstrap/npm.mjs"
import { sampleFiles } from "../scripts/samples.mjs"

const root = path.resolve(import.meta.dirname, "..")
const command = path.join(root, "packages/timegrid/dist/cli.js")
const oldNode = path.join(root, "scripts/test/programs/pretendOldNode.cjs")

/** Runs the command as somebody does who is in `cwd` and has npm. */
const timegrid = (cwd: string, ...args: Array<string>) => {
  const [npm, ...npmArguments] = npmCommand()
  const script = ["run", "--silent", "--prefix", root, "timegrid", "--"]
  const environment = { ...process.env, INIT_CWD: undefined, NODE_OPTIONS: undefined }
  return spawnSync(npm, [...npmArguments, ...script, ...args], { cwd, env: environment, encoding: "utf8" })
}

/** What two readings of the same bytes share, apart from the file's name and the times that the reading took. */
const partsOf = (line: string) => {
  const { file, timings, ...extraction } = JSON.parse(line)
  return { file, extraction }
}

describe("timegrid extract, as built", () => {
  const samples = sampleFiles()
  let folder: string
  /** Puts the samples into the folder under these names and reads them from there. */
  const readSamplesAs = (names: ReadonlyArray<string>) => {
    for (const [index, sample] of samples.entries()) copyFileSync(sample, path.join(folder, names[index]!))
    const { status, stdout } = timegrid(folder, "extract", "--format", "json", ...names)
    return { status, results: stdout.trim().split("\n").map(partsOf) }
  }
  const ownNames = samples.map((sample) => path.basename(sample))
  let underOwnNames: ReturnType<typeof readSamplesAs>
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "timegrid e2e "))
    underOwnNames = readSamplesAs(ownNames)
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it("reads the samples from the caller's folder and prints nothing but their JSON", () => {
    const { results, status } = underOwnNames
    expect({ status, files: results.map(({ file }) => file) }).toEqual({ status: 0, files: ownNames })
    for (const { extraction } of results) {
      expect(extraction.timeblocks.length).toBeGreaterThan(4)
      for (const { endTime, startTime } of extraction.timeblocks) {
        expect(startTime).toMatch(/^\d\d:\d\d$/)
        if (endTime !== null) expect(endTime > startTime).toBe(true)
      }
    }
  })

  it("gives the same result whatever a file is called", () => {
    const misleading = ["photo.png", "week.pdf", "no-extension", "Monday 9.00 Maths.TXT"]
    expect(misleading).toHaveLength(samples.length)
    const { results } = readSamplesAs(misleading)
    expect(results.map(({ file }) => file)).toEqual(misleading)
    expect(results.map(({ extraction }) => extraction)).toEqual(underOwnNames.results.map((own) => own.extraction))
  })

  it("writes a page whose script runs as it was built", () => {
    const { status, stdout } = timegrid(folder, "extract", "--format", "html", "--quiet", ownNames[0]!)
    const { window } = new JSDOM(stdout, { runScripts: "dangerously" })
    const entry = window.document.querySelector<HTMLElement>(".entry")
    entry?.click()
    expect({ status, tabIndex: entry?.tabIndex, pressed: entry?.getAttribute("aria-pressed") }).toEqual({
      status: 0,
      tabIndex: 0,
      pressed: "true"
    })
  })

  it("exits with 1 and one line when a file cannot be read", () => {
    const { status, stderr, stdout } = timegrid(folder, "extract", "--format", "json", "missing.pdf")
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" })
    expect(stderr.trim().split("\n")).toHaveLength(1)
  })

  it("exits with 2 when it is called wrongly", () => {
    expect(timegrid(folder, "extract").status).toBe(2)
  })
})

/** The built server on a free port, with all its data in `folder`; resolves when it listens. */
const startServer = async (folder: string) => {
  const { HOME, PATH, TMPDIR } = process.env
  const args = [command, "serve", "--port", "0", "--data", path.join(folder, "data")]
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { HOME, PATH, TMPDIR },
    stdio: ["ignore", "ignore", "pipe"]
  })
  const ended = once(child, "exit")
  let said = ""
  child.stderr.on("data", (part) => {
    said += String(part)
  })
  for (;;) {
    const [, url] = / is at (\S+),/.exec(said) ?? []
    if (url !== undefined) return { child, ended, said, url }
    if (child.exitCode !== null) throw new Error(`The server ended: ${said}`)
    await Promise.race([once(child.stderr, "data"), ended])
  }
}

describe("timegrid serve, as built", () => {
  it("takes a PDF from the administrator that it names in an empty folder, and gives the week as JSON and ICS", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "timegrid e2e "))
    const { child, ended, said, url } = await startServer(folder)
    try {
      const [, email, password] = /administrator is (\S+) with the password (\S+),/.exec(said) ?? []
      const post = (at: string, init: RequestInit) => fetch(`${url}/api/v1${at}`, { method: "POST", ...init })
      const signedIn = await post("/auth/login", {
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ email, password })
      })
      const headers = { cookie: signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "", prefer: "wait=60" }
      const sample = sampleFiles().find((file) => file.endsWith(".pdf"))!
      const form = new FormData()
      form.set("file", new File([readFileSync(sample)], "week.pdf", { type: "application/pdf" }))
      const uploaded = await post("/documents/upload", { headers, body: form })
      expect(uploaded.status).toBe(200)
      const { timetableId } = (await uploaded.json()) as { readonly timetableId: string }
      const read = (ending: string) => fetch(`${url}/api/v1/timetables/${timetableId}${ending}`, { headers })
      const { timeblocks } = (await (await read(".json")).json()) as { readonly timeblocks: ReadonlyArray<unknown> }
      expect(timeblocks.length).toBeGreaterThan(4)
      const calendar = await (await read(".ics?startDate=2026-09-07&zone=Europe/London")).text()
      expect(calendar).toMatch(/^BEGIN:VCALENDAR\r\n/)
      expect(calendar).toMatch(/^DTSTART;TZID=Europe\/London:20260907T\d{6}\r$/m)
      child.kill("SIGTERM")
      expect(await ended).toEqual([0, null])
    } finally {
      child.kill("SIGKILL")
      await ended
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    }
  })
})

describe("on a Node that is too old", () => {
  it.each([
    ["the command", command, "timegrid needs Node 22.18 or newer"],
    ["the checkout", path.join(root, "scripts/bootstrap.cjs"), "needs Node.js 20 or newer"]
  ])("%s says in one line what it needs", (_, program, sentence) => {
    const { status, stderr } = spawnSync(process.execPath, ["--require", oldNode, program], { encoding: "utf8" })
    expect(status).toBe(1)
    expect(stderr.trim().split("\n")).toEqual([expect.stringContaining(sentence)])
  })
})
