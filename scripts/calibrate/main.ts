// Fits the confidence on made documents of the fitted families, writes packages/core/src/confidence/calibration.v1.ts and
// prints what it is worth, on the unseen families too: npm run calibrate -- [--count N] [--unseen N] [--seed N] [--jobs N]
// --count and --unseen are documents a tier; what has been fitted never depends on --unseen. --dry-run writes nothing.
import { parseArgs } from "node:util"
import type { Calibration } from "../../packages/core/src/confidence/Calibration.ts"
import { calibration as last } from "../../packages/core/src/confidence/calibration.v1.ts"
import { type FamilySet, makerTiers } from "../../packages/maker/src/index.ts"
import { writeCalibration } from "./calibrationFile.ts"
import { fitReadings } from "./fitCalibration.ts"
import { makeReader } from "./readMade.ts"
import { tierLines, wayLines } from "./report.ts"
import type { Sample } from "./Sample.ts"

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "40" },
    unseen: { type: "string", default: "20" },
    seed: { type: "string", default: "20000" },
    jobs: { type: "string", default: "2" },
    "dry-run": { type: "boolean", default: false }
  }
})
const seeds: Readonly<Record<FamilySet, number>> = {
  fitted: Number(values.seed),
  unseen: Number(values.seed) + 500_000
}

const reader = await makeReader()
try {
  const fitted = await readAll("fitted", Number(values.count))
  const readings = fitReadings(fitted)
  const calibration: Calibration = { version: 1, provenance: provenanceOf(fitted), readings }
  if (!values["dry-run"]) await writeCalibration(calibration)
  const unseen = await readAll("unseen", Number(values.unseen))
  const lines = [
    ...[...tierLines("fitted", fitted, readings), ...wayLines("fitted", fitted, readings)],
    ...[...tierLines("unseen", unseen, readings), ...wayLines("unseen", unseen, readings)],
    ...wayLines("unseen, as it was before", unseen, last.readings)
  ]
  process.stdout.write(`${lines.join("\n")}\n`)
} finally {
  await reader.close()
}

async function readAll(set: FamilySet, count: number): Promise<Array<Sample>> {
  const wanted = makerTiers.flatMap((tier) =>
    Array.from({ length: count }, (_, index) => ({ set, tier, seed: seeds[set] + index, index }))
  )
  const samples: Array<ReadonlyArray<Sample>> = []
  let [next, done] = [0, 0]
  const work = async () => {
    for (let i = next++; i < wanted.length; i = next++) {
      samples[i] = await reader.samplesOf(wanted[i]!)
      done++
      if (process.stderr.isTTY) process.stderr.write(`\r${set} ${done} of ${wanted.length}\u001b[K`)
    }
  }
  await Promise.all(Array.from({ length: Number(values.jobs) }, work))
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K")
  return samples.flat()
}

function provenanceOf(samples: ReadonlyArray<Sample>): Calibration["provenance"] {
  const blocks = [...Map.groupBy(samples, ({ reading }) => reading)].map(
    ([reading, own]) => [reading, own.reduce((sum, sample) => sum + sample.blocks.length, 0)] as const
  )
  return {
    families: "fitted",
    firstSeed: seeds.fitted,
    documents: Object.fromEntries(makerTiers.map((tier) => [tier, Number(values.count)])),
    blocks: Object.fromEntries(blocks.toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
}
