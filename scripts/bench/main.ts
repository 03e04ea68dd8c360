// Measures speed as ratios and memory at its peak, on the packages as built: node scripts/bench/main.ts [FILE|DIR...]
import os from "node:os"
import path from "node:path"
import { root } from "../bootstrap/places.mjs"
import { benchFiles } from "./files.ts"
import { peakMemoryOf } from "./processTree.mjs"
import { median, range, table } from "./report.ts"
import { type FileTimes, measureFiles, measurePages, measureWorkers } from "./speed.ts"

/** Interleaved runs a file, after one of each that does not count. */
const rounds = 5

/** With what else the machine was busy: several threads meet it more than a reference of one does. */
const [loadBefore] = os.loadavg()
const { close, files, pdfsByPages } = await benchFiles(process.argv.slice(2))
try {
  const measured = await measureFiles(files, rounds)
  print(table(fileHeader(), measured.map(fileRow)))
  const images = measured.filter(({ kind }) => kind === "image" || kind === "photo")
  const photos = images.filter(({ kind }) => kind === "photo")
  const pdfs = measured.filter(({ kind }) => kind === "pdf")
  const rows = [
    ["text PDFs, × pdf.js text and operators, the most of any", mostOf(pdfs), "at most 1.5"],
    ["images, sum × sum of native tesseract, one engine", sumRatio(images, "one"), "at most 1.0"],
    ["photos alone, the same", sumRatio(photos, "one"), "at most 3"],
    ["images, the same with both engines", sumRatio(images, "both"), "at most 2.5"],
    ["pages a second, 4 workers × 1 worker", await workersRatio(images), "at least 3"],
    ["time a page more, of 8 to 32 × of 2 to 8 pages", await growth(), "about 1"],
    ["MB of the process tree at the peak, one engine", await peakMegabytes("tesseract"), ""],
    ["MB of the process tree at the peak, both engines", await peakMegabytes("ensemble"), "at most 1100"]
  ]
  print(`\n${table(["measure", "figure", "target"], rows)}`)
  const loads = `load ${loadBefore!.toFixed(1)} before and ${os.loadavg()[0]!.toFixed(1)} after`
  print(`Medians of ${rounds} interleaved runs; ${loads}, its own included, on ${os.cpus().length} cores.`)
} finally {
  close()
}

function fileHeader(): ReadonlyArray<string> {
  return ["file", "blocks", "ms (min–max)", "× reference (min–max)", "both engines ×", "reference", "ms"]
}

function fileRow({ blocks, both, file, one, reference }: FileTimes): ReadonlyArray<string> {
  const times = [path.basename(file), String(blocks), `${median(one).toFixed(0)} (${range(one, 0)})`]
  if (reference === null) return [...times, "–", "–", "–", "–"]
  const ratios = ratiosOf(one, reference.times)
  return [
    ...times,
    `${median(ratios).toFixed(2)} (${range(ratios, 2)})`,
    both.length > 0 ? median(ratiosOf(both, reference.times)).toFixed(2) : "–",
    reference.name,
    median(reference.times).toFixed(0)
  ]
}

function ratiosOf(ours: ReadonlyArray<number>, theirs: ReadonlyArray<number>): ReadonlyArray<number> {
  return ours.map((milliseconds, round) => milliseconds / theirs[round]!)
}

function mostOf(measured: ReadonlyArray<FileTimes>): string {
  const ratios = measured.flatMap(({ one, reference }) => (reference ? [median(ratiosOf(one, reference.times))] : []))
  return ratios.length > 0 ? Math.max(...ratios).toFixed(2) : "–"
}

/** The median over the rounds of all files' time by that of all their references. */
function sumRatio(measured: ReadonlyArray<FileTimes>, engines: "one" | "both"): string {
  const compared = measured.flatMap(({ reference, ...file }) =>
    reference ? [{ ours: file[engines], theirs: reference.times }] : []
  )
  if (compared.length === 0) return "–"
  const ratios = Array.from({ length: rounds }, (_, round) => {
    const sum = (times: "ours" | "theirs") => compared.reduce((total, file) => total + file[times][round]!, 0)
    return sum("ours") / sum("theirs")
  })
  return `${median(ratios).toFixed(2)} (${range(ratios, 2)})`
}

async function workersRatio(images: ReadonlyArray<FileTimes>): Promise<string> {
  return images.length > 0
    ? (
        await measureWorkers(
          images.map(({ file }) => file),
          3
        )
      ).toFixed(2)
    : "–"
}

/** What a page more costs in a long document, by what it costs in a short one: 1 where cost is linear in pages. */
async function growth(): Promise<string> {
  const points = [...(await measurePages(pdfsByPages, rounds))]
  const slopes = points.slice(1).map(([pages, time], i) => (time - points[i]![1]) / (pages - points[i]![0]))
  return `${(slopes[1]! / slopes[0]!).toFixed(2)} (${slopes.map((slope) => slope.toFixed(1)).join(" → ")} ms)`
}

/** The command reads all files at once in a process of its own, so that nothing of this one is counted. */
async function peakMegabytes(engine: string): Promise<string> {
  const command = path.join(root, "packages/timegrid/dist/cli.js")
  const args = [command, "extract", "--quiet", "--format", "json", "--ocr", engine, ...files]
  const { code, peakBytes } = await peakMemoryOf(args)
  if (code !== 0) process.exitCode = 1
  return peakBytes > 0 ? (peakBytes / 1e6).toFixed(0) : "–"
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
