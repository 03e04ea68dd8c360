// Plays a model for those who have none: it knows the sample's timetable by heart, and adds a lesson of its own.
import { readFile } from "node:fs/promises"
import { startLoopbackLlm } from "@timegrid/testing/loopback"

type KnownBlock = Record<"day" | "start" | "end" | "name", string> & { readonly notes: string | null }
const nothingElse = { subject: null, room: null, teacher: null, week: null, className: null }
const metadata = { schoolName: null, className: null, teacher: null, term: null, year: null }
export const startStandIn = async () => {
  const truth = new URL("../samples/truth/scanned-week.json", import.meta.url)
  const { blocks }: { readonly blocks: ReadonlyArray<KnownBlock> } = JSON.parse(await readFile(truth, "utf8"))
  const invented: KnownBlock = { day: "Friday", start: "09:05", end: "09:25", name: "Ice cream", notes: null }
  const timeblocks = [...blocks, invented].map(({ day, end, name, notes, start }) => {
    return { dayOfWeek: day, startTime: start, endTime: end, name, notes, ...nothingElse }
  })
  return startLoopbackLlm("openai-chat", () => ({ answer: JSON.stringify({ metadata, timeblocks }) }))
}
