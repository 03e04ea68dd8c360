// Reads a timetable and prints its week: node main.ts [FILE]
import { readFile } from "node:fs/promises"
import { createTimegrid } from "timegrid"

const file = process.argv[2] ?? new URL("../samples/timetable.png", import.meta.url)

const timegrid = await createTimegrid()
try {
  const result = await timegrid.extract(await readFile(file), {
    signal: AbortSignal.timeout(60_000),
    onProgress: ({ stage }) => console.error(stage)
  })
  for (const { confidence, dayOfWeek, endTime, name, startTime } of result.timeblocks) {
    console.log(`${dayOfWeek} ${startTime}–${endTime}  ${name}  (${confidence} %)`)
  }
} finally {
  await timegrid.close()
}
