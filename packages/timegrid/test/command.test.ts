import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Extraction } from "@timegrid/core"
import { makeTimetable } from "@timegrid/maker"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { childrenOf, isRunning, start, timegrid } from "./processes.ts"

let folder = ""

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "timegrid-"))
  await Promise.all([
    makeTimetable({ seed: 1, tier: "pdf" }).then(({ bytes }) => writeFile(join(folder, "first.pdf"), bytes)),
    makeTimetable({ seed: 2, tier: "docx" }).then(({ bytes }) => writeFile(join(folder, "second.docx"), bytes)),
    writeFile(join(folder, "notes.txt"), "no document"),
    writeFile(join(folder, "empty.pdf"), ""),
    mkdir(join(folder, "folder"))
  ])
})

afterAll(() => rm(folder, { recursive: true }))

const run = (...commandLine: ReadonlyArray<string>) => timegrid(commandLine, folder)

const lines = (text: string) => text.split("\n").filter((line) => line !== "")

describe("timegrid extract", () => {
  it("prints one file as one object of the published shape", async () => {
    const { code, stderr, stdout } = await run("extract", "first.pdf", "--format", "json", "--quiet")
    const extraction = Extraction.parse(JSON.parse(stdout))
    assert.strictEqual(code, 0)
    assert.strictEqual(stderr, "")
    assert.strictEqual(extraction.file, "first.pdf")
    assert.isAbove(extraction.timeblocks.length, 0)
  })

  it("prints several files as one line each in the order of the arguments, around those that fail", async () => {
    const files = ["second.docx", "missing.pdf", "notes.txt", "empty.pdf", "folder", "first.pdf"]
    const { code, stderr, stdout } = await run("extract", ...files, "--format=json", "--quiet")
    assert.deepStrictEqual(
      lines(stdout).map((line) => Extraction.parse(JSON.parse(line)).file),
      ["second.docx", "first.pdf"]
    )
    assert.deepStrictEqual(lines(stderr), [
      "missing.pdf: not_found: There is no such file.",
      "notes.txt: unsupported_type: The content is of no kind that can be read here.",
      "empty.pdf: empty_file: The file is empty.",
      "folder: is_directory: This is a folder, not a file."
    ])
    assert.strictEqual(code, 1)
  })

  it("draws the week and tells the stages in plain lines where nobody looks at a terminal", async () => {
    const { stderr, stdout } = await run("extract", "first.pdf", "--explain")
    assert.include(stdout, "Monday")
    assert.match(stdout, /name: [\w-]+.*\n {4}".+" page 1 at \d+,\d+, \d+ × \d+, pdf 100.00/)
    assert.include(lines(stderr), "first.pdf: opening")
    assert.notInclude(stderr, "\u001b")
  })

  it("writes a file for each input into the folder", async () => {
    const { code, stdout } = await run("extract", "first.pdf", "second.docx", "--format", "csv", "--out", "results/csv")
    assert.strictEqual(code, 0)
    assert.strictEqual(stdout, "")
    assert.deepStrictEqual((await readdir(join(folder, "results/csv"))).sort(), ["first.csv", "second.csv"])
    const csv = await readFile(join(folder, "results/csv/first.csv"), "utf8")
    assert.strictEqual(
      csv.split("\r\n")[0],
      "dayOfWeek,startTime,endTime,name,notes,subject,room,teacher,week,period,className,page,confidence"
    )
  })

  it("writes a page of its own for each document, with its pages as images where they have any", async () => {
    const { code } = await run("extract", "first.pdf", "second.docx", "--format", "html", "--out", "pages", "--quiet")
    const [pdf, word] = await Promise.all(
      ["first.html", "second.html"].map((file) => readFile(join(folder, "pages", file), "utf8"))
    )
    assert.strictEqual(code, 0)
    assert.match(pdf ?? "", /<title>[^<]+<\/title>[\s\S]*<image [^>]*href="data:image\/png;base64,iVBORw0KGgo/)
    assert.match(word ?? "", /<text x="[\d.]+" y="[\d.]+"/)
    assert.notInclude(word, "<image")
    assert.isBelow(pdf?.length ?? 0, 1_500_000)
  })

  it("leaves no part of a file that cannot be written", async () => {
    await mkdir(join(folder, "taken/first.json"), { recursive: true })
    const { code, stderr } = await run("extract", "first.pdf", "--format", "json", "--out", "taken", "--quiet")
    assert.match(stderr, /^first\.pdf: not_written: taken.first\.json cannot be written \(\w+\)\.\n$/)
    assert.strictEqual(code, 1)
    assert.deepStrictEqual(await readdir(join(folder, "taken")), ["first.json"])
  })

  it("makes a calendar of the same bytes wherever the machine stands", async () => {
    const calendar = [
      "--format",
      "ics",
      "--start-date",
      "2025-09-03",
      "--zone",
      "Europe/London",
      "--until",
      "2026-07-17"
    ]
    const { code, stdout } = await run("extract", "first.pdf", "--quiet", ...calendar)
    assert.strictEqual(code, 0)
    assert.include(stdout, "BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n")
    assert.match(stdout, /DTSTART;TZID=Europe\/London:202509\d\dT\d{6}\r\n/)
  })

  it("ends quietly when the reader of its output goes away", async () => {
    const { child, outcome } = start("src/cli.ts", ["extract", "first.pdf", "--format", "json", "--quiet"], folder)
    child.stdout?.destroy()
    const { code, stderr } = await outcome
    assert.strictEqual(stderr, "")
    assert.strictEqual(code, 0)
  })

  it("ends with its processes when it is interrupted", async () => {
    const files = Array.from({ length: 60 }, () => "first.pdf")
    const { child, outcome, untilWritten } = start("src/cli.ts", ["extract", ...files], folder)
    await untilWritten("first.pdf: opening")
    const children = childrenOf(child.pid ?? 0)
    assert.isAbove(children.length, 0)
    child.kill("SIGINT")
    const { code, stderr } = await outcome
    assert.strictEqual(code, 130)
    assert.notInclude(stderr, "error")
    assert.isFalse(children.some(isRunning))
  })
})

describe("timegrid", () => {
  it("shows its help and its version", async () => {
    const [help, version] = await Promise.all([run("--help"), run("--version")])
    assert.match(help.stdout, /^Reads school timetables[\s\S]*--format FORMAT/)
    assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/)
    assert.deepStrictEqual([help.code, version.code], [0, 0])
  })

  it("tells wrong usage in one line before it reads anything", async () => {
    const { code, stderr, stdout } = await run("extract", "first.pdf", "other/FIRST.docx", "--out", "unmade")
    assert.strictEqual(code, 2)
    assert.strictEqual(stdout, "")
    assert.strictEqual(
      stderr,
      "timegrid: first.pdf and other/FIRST.docx would both be written to FIRST.txt. See timegrid --help.\n"
    )
    assert.notInclude(await readdir(folder), "unmade")
  })
})
