// Makes the sample timetables again: node --conditions=@timegrid/source packages/maker/src/writeSamples.ts
import { mkdir, writeFile } from "node:fs/promises"
import { makeSample, samples } from "./samples.ts"

const folder = new URL("../../../examples/samples/", import.meta.url)

await mkdir(new URL("truth/", folder), { recursive: true })
for (const sample of samples) {
  const { truth, bytes } = await makeSample(sample)
  await writeFile(new URL(truth.file, folder), bytes)
  await writeFile(new URL(`truth/${truth.id}.json`, folder), `${JSON.stringify(truth, null, 2)}\n`)
}
