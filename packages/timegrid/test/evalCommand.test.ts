import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { EvaluationReport, Extraction } from "@timegrid/core"
import { makeTimetable } from "@timegrid/maker"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { childrenOf, isRunning, start, timegrid } from "./processes.ts"

let folder = ""

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "timegrid-eval-"))
  await mkdir(join(folder, "set/files"), { recursive: true })
  await mkdir(join(folder, "set/truth"))
  for (const [seed, tier] of [
    [1, "pdf"],
    [2, "docx"]
  ] as const) {
    const { bytes, truth } = await makeTimetable({ seed, tier })
    await writeFile(join(folder, "set/files", truth.file), bytes)
    await writeFile(join(folder, `set/truth/${tier}.json`), JSON.stringify(truth))
  }
})

afterAll(() => rm(folder, { recursive: true }))

const run = (...commandLine: ReadonlyArray<string>) => timegrid(["eval", ...commandLine], folder)

const lines = (text: string) => text.split("\n").filter((line) => line !== "")

/** A copy of the labelled folder that a test may spoil. */
const copyOfSet = async (name: string): Promise<string> => {
  await cp(join(folder, "set"), join(folder, name), { recursive: true })
  return join(folder, name)
}

describe("timegrid eval", () => {
  it("reads the files, keeps what it read, and finds the same in that again", async () => {
    const read = await run("set", "--json", "--out", "kept", "--quiet")
    assert.deepStrictEqual([read.code, read.stderr], [0, ""])
    const report = EvaluationReport.parse(JSON.parse(read.stdout))
    assert.deepStrictEqual([report.all.documents, Object.keys(report.tiers)], [2, ["native"]])
    assert.isAbove(report.grounding?.share ?? 0, 0.9)
    assert.deepStrictEqual(await readdir(join(folder, "kept")), ["docx.json", "pdf.json"])
    Extraction.parse(JSON.parse(await readFile(join(folder, "kept/pdf.json"), "utf8")))

    const again = await run("set", "--json", "--predictions", "kept", "--quiet")
    assert.deepStrictEqual(EvaluationReport.parse(JSON.parse(again.stdout)), report)
  })

  it("prints a line a document, then groups, risk, calibration, grounding and the worst", async () => {
    const { code, stderr, stdout } = await run("set")
    const text = lines(stdout)
    assert.strictEqual(code, 0)
    assert.include(stderr, ": opening")
    assert.match(text[2] ?? "", /^ +\d+\.\d +\d+\.\d +\d+\.\d +\d+\.\d\d {2}docx-\S+ \(\d+\) /)
    const sections = ["by kind", "by tier", "by trait", "Risk", "Calibration", "Grounding", "Read worst", "Wrong and"]
    const places = sections.map((section) => text.findIndex((line) => line.startsWith(section)))
    assert.isAtLeast(places[0] ?? -1, 4)
    assert.deepStrictEqual(
      places,
      places.toSorted((one, other) => one - other)
    )
  })

  it("lists what was missed of each document where it is asked to", async () => {
    await mkdir(join(folder, "empty"))
    await writeFile(join(folder, "empty/pdf.json"), JSON.stringify({ confidence: 0, timeblocks: [] }))
    const { code, stderr, stdout } = await run("set", "--predictions", "empty", "--verbose", "--quiet")
    const truth = JSON.parse(await readFile(join(folder, "set/truth/pdf.json"), "utf8"))
    const missed = lines(stdout.split("by kind")[0] ?? "").filter((line) => line.endsWith("; got nothing"))
    assert.isAtLeast(missed.length, truth.blocks.length)
    assert.deepStrictEqual(lines(stderr), ["empty/docx.json: not_found: There is no such file."])
    assert.strictEqual(code, 1)
  })

  it("counts a document that cannot be read as one on which nothing was found", async () => {
    const set = await copyOfSet("unreadable")
    const { file } = JSON.parse(await readFile(join(set, "truth/pdf.json"), "utf8"))
    await writeFile(join(set, "files", file), "no document")
    const { code, stderr, stdout } = await run("unreadable", "--json", "--quiet")
    const report = EvaluationReport.parse(JSON.parse(stdout))
    const row = report.documents.find((document) => document.file === file)
    assert.deepStrictEqual(
      [row?.failure?.code, row?.block.f1, report.tiers.none?.documents],
      ["unsupported_type", 0, 1]
    )
    assert.deepStrictEqual(lines(stderr), [
      `unreadable/files/${file}: unsupported_type: The content is of no kind that can be read here.`
    ])
    assert.strictEqual(code, 1)
  })

  it("tells of labels and documents that do not belong together, and scores the others", async () => {
    const set = await copyOfSet("untidy")
    const { file } = JSON.parse(await readFile(join(set, "truth/pdf.json"), "utf8"))
    await rm(join(set, "files", file))
    await writeFile(join(set, "files/stray.pdf"), "")
    await writeFile(join(set, "files/.hidden"), "")
    await writeFile(join(set, "truth/broken.json"), "{")
    await writeFile(
      join(set, "truth/shapeless.json"),
      JSON.stringify({ file: "stray.pdf", blocks: [{ day: "Someday" }] })
    )
    await writeFile(join(set, "truth/outside.json"), JSON.stringify({ file: "../secret.pdf", blocks: [] }))
    const { code, stderr, stdout } = await run("untidy", "--json")
    const told = lines(stderr).filter((line) => !/: (looking|opening|reading|understanding|checking)/.test(line))
    const shapes = [
      /^untidy\/truth\/broken\.json: invalid_truth: This is no JSON: /,
      /^untidy\/truth\/outside\.json: invalid_truth: file: This is no name of a file\.$/,
      new RegExp(`^untidy/files/${file}: not_found: There is no such file\\.$`),
      /^untidy\/truth\/shapeless\.json: invalid_truth: blocks\.0\.day: .+\.$/,
      /^untidy\/files\/stray\.pdf: warning: There is no truth for it\.$/
    ]
    assert.lengthOf(told, shapes.length)
    for (const [index, shape] of shapes.entries()) assert.match(told[index] ?? "", shape)
    assert.strictEqual(EvaluationReport.parse(JSON.parse(stdout)).all.documents, 2)
    assert.strictEqual(code, 1)
  })

  it("takes an untold id and kind from the names of the files", async () => {
    await mkdir(join(folder, "bare/truth"), { recursive: true })
    await mkdir(join(folder, "bare/read"))
    await writeFile(join(folder, "bare/truth/week.json"), JSON.stringify({ file: "week.PNG", blocks: [] }))
    await writeFile(join(folder, "bare/read/week.json"), JSON.stringify({ blocks: [] }))
    const { code, stdout } = await run("bare", "--predictions", "bare/read", "--json")
    const [row] = EvaluationReport.parse(JSON.parse(stdout)).documents
    assert.deepStrictEqual([code, row?.id, row?.kind, row?.block.f1], [0, "week", "png", 1])
  })

  it("takes a folder that is not there for wrong usage", async () => {
    const [noTruth, noPredictions] = await Promise.all([run("missing"), run("set", "--predictions", "missing")])
    assert.deepStrictEqual(noTruth, {
      code: 2,
      stdout: "",
      stderr: `timegrid: ${join("missing", "truth")} cannot be listed (ENOENT). See timegrid --help.\n`
    })
    assert.deepStrictEqual(noPredictions, {
      code: 2,
      stdout: "",
      stderr: "timegrid: missing cannot be listed (ENOENT). See timegrid --help.\n"
    })
  })

  it("ends with its processes when it is interrupted", async () => {
    const set = await copyOfSet("long")
    const truth = await readFile(join(set, "truth/pdf.json"), "utf8")
    for (let index = 0; index < 60; index++) await writeFile(join(set, `truth/copy-${index}.json`), truth)
    const { child, outcome, untilWritten } = start("src/cli.ts", ["eval", "long"], folder)
    await untilWritten(": opening")
    const children = childrenOf(child.pid ?? 0)
    child.kill("SIGINT")
    const { code, stderr } = await outcome
    assert.strictEqual(code, 130)
    assert.notInclude(stderr, "error")
    assert.isFalse(children.some(isRunning))
  })
})
