import { durableLine } from "../durableLine.ts"

// Runs until it is killed: its third stage never ends.
const [, , folder = ""] = process.argv
setInterval(() => {}, 60_000)
await durableLine(folder, true).run({ one: 1 }, { runId: "r", budget: { usd: 2 } })
