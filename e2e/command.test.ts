import { spawnSync } from "node:child_process"
import { copyFileSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
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

describe("timegrid extract, as built", () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "timegrid e2e "))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(sampleFiles().map((sample) => [path.basename(sample), sample]))(
    "reads the sample %s from the caller's folder and prints nothing but its JSON",
    (file, sample) => {
      copyFileSync(sample, path.join(folder, file))
      const { status, stdout } = timegrid(folder, "extract", "--format", "json", file)
      const extraction = JSON.parse(stdout)
      expect({ status, file: extraction.file }).toEqual({ status: 0, file })
      expect(extraction.timeblocks.length).toBeGreaterThan(4)
      for (const { endTime, startTime } of extraction.timeblocks) {
        expect(startTime).toMatch(/^\d\d:\d\d$/)
        if (endTime !== null) expect(endTime > startTime).toBe(true)
      }
    }
  )

  it("exits with 1 and one line when a file cannot be read", () => {
    const { status, stderr, stdout } = timegrid(folder, "extract", "--format", "json", "missing.pdf")
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" })
    expect(stderr.trim().split("\n")).toHaveLength(1)
  })

  it("exits with 2 when it is called wrongly", () => {
    expect(timegrid(folder, "extract").status).toBe(2)
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
