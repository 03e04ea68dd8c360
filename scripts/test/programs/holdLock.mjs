// node holdLock.mjs LOCK LOG MS: holds the lock for a while and notes when it got it and when it let go.
import { appendFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"
import { withLock } from "../../bootstrap/lock.mjs"

const [, , lock = "", log = "", milliseconds = "0"] = process.argv
await withLock(lock, async () => {
  appendFileSync(log, `${process.pid} in\n`)
  await sleep(Number(milliseconds))
  appendFileSync(log, `${process.pid} out\n`)
})
