import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { type FamilySet, type MakerTier, makerTiers, makeTimetable } from "./index.ts"

const usage = `usage: cli.ts --out DIR [--seed N] [--count N] [--tier ${makerTiers.join("|")}] [--family fitted|unseen|LAYOUT] [--font ID]`

const isTier = (value: string): value is MakerTier => (makerTiers as ReadonlyArray<string>).includes(value)
const isSet = (value: string): value is FamilySet => value === "fitted" || value === "unseen"

const { values } = parseArgs({
  options: {
    out: { type: "string" },
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "20" },
    tier: { type: "string" },
    family: { type: "string" },
    font: { type: "string" }
  }
})
if (values.out === undefined || (values.tier !== undefined && !isTier(values.tier))) {
  process.stderr.write(`${usage}\n`)
  process.exit(2)
}
const { family, font, out, tier } = values
const choice = {
  ...(family === undefined ? {} : isSet(family) ? { set: family } : { layout: family }),
  ...(font === undefined ? {} : { font })
}
await mkdir(join(out, "files"), { recursive: true })
await mkdir(join(out, "truth"), { recursive: true })
for (let index = 0; index < Number(values.count); index++) {
  const seed = Number(values.seed) + index
  const { truth, bytes } = await makeTimetable({
    seed,
    tier: tier ?? makerTiers[index % makerTiers.length]!,
    ...choice
  })
  await writeFile(join(out, "files", truth.file), bytes)
  await writeFile(join(out, "truth", `${truth.id}.json`), `${JSON.stringify(truth, null, 1)}\n`)
}
