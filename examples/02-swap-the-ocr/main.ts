// Has page images read by an engine of your own, in place of Timegrid's: node main.ts [FILE]
// OCR_URL is where yours takes images; without it an engine on this machine answers.
import { HttpOcr } from "@timegrid/cloud-ocr/http"
import { createTimegrid } from "timegrid"
import { startEngine } from "./engine.ts"

const file = process.argv[2] ?? new URL("../samples/timetable.png", import.meta.url)

const engine = await startEngine()
const timegrid = await createTimegrid({
  // Any layer that provides OcrProvider can stand here, such as GoogleVisionOcr.layer({ apiKey }).
  ocr: HttpOcr.layer({ url: process.env.OCR_URL ?? engine.url, engine: "my-engine@1" })
})
try {
  const { tier, timeblocks } = await timegrid.extract(file)
  for (const { dayOfWeek, endTime, evidence, name, startTime } of timeblocks) {
    const readers = new Set(evidence.name?.words.map((word) => word.engine))
    console.log(`${dayOfWeek} ${startTime}–${endTime}  ${name}  (read by ${[...readers].join(", ")})`)
  }
  console.log(`${timeblocks.length} timeblocks by ${tier}`)
} finally {
  await timegrid.close()
  await engine.close()
}
