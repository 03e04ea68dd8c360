// Makes documents with fixed seeds, reads them and prints how well: node --conditions=@timegrid/source
// scripts/accuracy/main.ts [--count N] [--seed N] [--tier T]... [--set fitted|unseen] [--layout ID] [--ocr ENGINE]... [--out DIR] [--worst N]
// Page images are read by each --ocr in turn: by tesseract alone and by both engines unless it says otherwise.
// --out keeps files, truth and predictions of each engine; --worst lists the misses of the documents that were read worst.
import { mkdir, writeFile } from "node:fs/promises"
import path from "node:path"
import { parseArgs } from "node:util"
import {
  type DocumentScore,
  noPrediction,
  predictionOf,
  scoreDocument,
  type Truth
} from "../../packages/core/src/index.ts"
import { type FamilySet, layouts, type MakerTier, makerTiers, makeTimetable } from "../../packages/maker/src/index.ts"
import { createTimegrid, type OcrEngine, type Timegrid } from "../../packages/timegrid/src/index.ts"
import { accuracyTable, missLines, type ReadDocument } from "./report.ts"

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "20" },
    seed: { type: "string", default: "1000" },
    tier: { type: "string", multiple: true, default: [...makerTiers] },
    set: { type: "string", multiple: true, default: ["fitted", "unseen"] },
    layout: { type: "string" },
    ocr: { type: "string", multiple: true, default: ["tesseract", "ensemble"] },
    out: { type: "string" },
    worst: { type: "string", default: "0" }
  }
})

const sets = (["fitted", "unseen"] as const).filter((set) => values.set.includes(set))
const tiers = makerTiers.filter((tier) => values.tier.includes(tier))

const engines = (["tesseract", "paddle", "ensemble"] as const).filter((engine) => values.ocr.includes(engine))
/** Text is not read by an engine, so it is read once. */
const enginesFor = (tier: MakerTier): ReadonlyArray<OcrEngine> =>
  tier === "pdf" || tier === "docx" ? engines.slice(0, 1) : engines

const readers = new Map<OcrEngine, Timegrid>()
for (const ocrEngine of engines) readers.set(ocrEngine, await createTimegrid({ ocrEngine }))
try {
  const read: Array<ReadDocument> = []
  for (const tier of tiers) {
    for (const set of sets) {
      for (let index = 0; index < Number(values.count); index++) {
        // Layouts take turns, so that every family counts alike.
        const layout = values.layout ?? familiesOf(set)[index % familiesOf(set).length]!
        const options = { seed: Number(values.seed) + index, tier, set, layout }
        const made = await makeTimetable(options)
        for (const engine of enginesFor(tier)) {
          const reading = await readDocument(readers.get(engine)!, made.truth, made.bytes, engine)
          read.push({ tier, set, engine, truth: made.truth, ...reading })
        }
        if (process.stderr.isTTY) process.stderr.write(`\r${tier} ${set}: ${index + 1} of ${values.count}`)
      }
    }
  }
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K")
  process.stdout.write(`${accuracyTable(read)}\n`)
  for (const line of missLines(read, Number(values.worst))) process.stdout.write(`${line}\n`)
} finally {
  for (const reader of readers.values()) await reader.close()
}

function familiesOf(set: FamilySet): Array<string> {
  return layouts.filter((layout) => layout.set === set).map(({ id }) => id)
}

/** Reads and scores one document; one that cannot be read scores as if nothing had been found on it. */
async function readDocument(
  reader: Timegrid,
  truth: Truth,
  bytes: Uint8Array,
  engine: OcrEngine
): Promise<{ readonly score: DocumentScore; readonly milliseconds: number; readonly pages: number }> {
  const start = performance.now()
  const extraction = await reader.extract(bytes, { file: truth.file }).catch((error: unknown) => {
    process.stderr.write(`${truth.id}: ${String(error).slice(0, 200)}\n`)
    return null
  })
  const milliseconds = performance.now() - start
  if (values.out !== undefined) await keep(path.join(values.out, engine), truth, bytes, extraction)
  const prediction = extraction === null ? noPrediction : predictionOf(extraction)
  return { score: scoreDocument(truth, prediction), milliseconds, pages: extraction?.pages.length ?? 1 }
}

async function keep(folder: string, truth: Truth, bytes: Uint8Array, extraction: unknown): Promise<void> {
  for (const name of ["files", "truth", "predictions"]) await mkdir(path.join(folder, name), { recursive: true })
  await writeFile(path.join(folder, "files", truth.file), bytes)
  await writeFile(path.join(folder, "truth", `${truth.id}.json`), JSON.stringify(truth, null, 1))
  if (extraction !== null)
    await writeFile(path.join(folder, "predictions", `${truth.id}.json`), JSON.stringify(extraction, null, 1))
}
