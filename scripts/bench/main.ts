// Measures speed as ratios and memory at its peak, on the packages as built: node scripts/bench/main.ts [FILE...]
// A file is read in turn by Timegrid, warm and isolated as users have it, and by its reference, so that both meet the
// same load of the machine; their ratio is what can be compared between machines.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { pathToFileURL } from "node:url"
import { makeTimetable } from "../../packages/maker/src/index.ts"
import type { Timegrid } from "../../packages/timegrid/src/index.ts"
import { root } from "../bootstrap/places.mjs"
import { sampleFiles } from "../samples.mjs"
import { peakMemoryOf } from "./processTree.mjs"
import { closeReferences, referenceFor, standInFor } from "./references.mjs"
import { median, range, table } from "./report.ts"

/** Interleaved runs a file, after one of each that does not count. */
const rounds = 9

/** A screenshot full of small text, turned breaks and times of lessons, larger than any sample. */
const denseScreenshot = { seed: 200, tier: "png", layout: "days-as-rows-turned-break", font: "arimo" } as const

const folder = mkdtempSync(path.join(os.tmpdir(), "timegrid-bench-"))
try {
  const given = process.argv.slice(2).map((file) => path.resolve(process.env.INIT_CWD ?? process.cwd(), file))
  const files = given.length > 0 ? given : [...sampleFiles(), await makeDenseScreenshot()]
  await measureSpeed(files)
  await measureMemory(files)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function makeDenseScreenshot(): Promise<string> {
  const file = path.join(folder, "dense-screenshot.png")
  writeFileSync(file, (await makeTimetable(denseScreenshot)).bytes)
  return file
}

async function measureSpeed(files: ReadonlyArray<string>): Promise<void> {
  const built: typeof import("../../packages/timegrid/src/index.ts") = await import(
    pathToFileURL(path.join(root, "packages/timegrid/dist/index.js")).href
  )
  const timegrid = await built.createTimegrid()
  const rows: Array<ReadonlyArray<string>> = []
  try {
    for (const file of files) {
      // One unreadable file does not end the measurement of the others.
      const row = await measureFile(timegrid, file).catch((error: unknown) => {
        process.exitCode = 1
        return [path.basename(file), "–", String(error), "–", "–", "–"]
      })
      rows.push(row)
    }
  } finally {
    await timegrid.close()
    await closeReferences()
  }
  const header = ["file", "blocks", "ms (min–max)", "× reference (min–max)", "reference", "ms"]
  process.stdout.write(`${table(header, rows)}\n`)
  const [load] = os.loadavg()
  process.stdout.write(
    `Medians of ${rounds} interleaved runs; load ${load!.toFixed(1)} on ${os.cpus().length} cores.\n`
  )
}

async function measureFile(timegrid: Timegrid, file: string): Promise<ReadonlyArray<string>> {
  const bytes = readFileSync(file)
  const reference = referenceFor(file) ?? standInFor(file)
  const extract = () => timegrid.extract(new Uint8Array(bytes))
  const { timeblocks } = await extract()
  await reference?.read(file, bytes)
  const ours: Array<number> = []
  const theirs: Array<number> = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await timed(extract))
    if (reference) theirs.push(await timed(() => reference.read(file, bytes)))
  }
  const ratios = ours.map((milliseconds, round) => milliseconds / theirs[round]!)
  return [
    path.basename(file),
    String(timeblocks.length),
    `${median(ours).toFixed(0)} (${range(ours, 0)})`,
    ...(reference
      ? [`${median(ratios).toFixed(2)} (${range(ratios, 2)})`, reference.name, median(theirs).toFixed(0)]
      : ["–", "–", "–"])
  ]
}

/** The command reads all files at once in a process of its own, so that nothing of this one is counted. */
async function measureMemory(files: ReadonlyArray<string>): Promise<void> {
  const command = path.join(root, "packages/timegrid/dist/cli.js")
  const { code, peakBytes } = await peakMemoryOf([command, "extract", "--quiet", "--format", "json", ...files])
  if (code !== 0) process.exitCode = 1
  if (peakBytes > 0)
    process.stdout.write(
      `All files at once: ${(peakBytes / 1e6).toFixed(0)} MB resident at the peak of the process tree.\n`
    )
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
