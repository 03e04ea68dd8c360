import { Duplex } from "node:stream"
import type { PGlite } from "@electric-sql/pglite"

const terminate = "X".charCodeAt(0)

/** What a client may send before its first message, in place of its start. */
const requests = { ssl: 80877103, gssEncryption: 80877104, cancel: 80877102 }

/**
 * What a client of PostgreSQL speaks to, in the process: whole messages go to `database`, its answers come back. It has
 * one session, which a new client finds as if it were its first.
 */
export const pgliteStream = (database: PGlite): Duplex => {
  let waiting: Buffer = Buffer.alloc(0)
  let hasStarted = false

  const start = async () => {
    // Of the client before, whose connection may have ended amid a transaction. DISCARD takes no company.
    await database.exec("ROLLBACK")
    await database.exec("DISCARD ALL")
    hasStarted = true
  }

  const receive = async (stream: Duplex) => {
    let end = 0
    let isLast = false
    while (!isLast) {
      // Only the first message has no letter before its length.
      const lengthAt = end + (hasStarted ? 1 : 0)
      if (waiting.length < lengthAt + 4) break
      const next = lengthAt + waiting.readUInt32BE(lengthAt)
      if (waiting.length < next) break
      if (hasStarted) {
        isLast = waiting[end] === terminate
      } else {
        const request = waiting.readUInt32BE(lengthAt + 4)
        if (request === requests.ssl || request === requests.gssEncryption) {
          stream.push("N")
          waiting = waiting.subarray(next)
          continue
        }
        // Nobody can be interrupted amid a statement: the only thread is at it.
        if (request === requests.cancel) isLast = true
        else await start()
      }
      if (!isLast) end = next
    }
    const messages = waiting.subarray(0, end)
    waiting = waiting.subarray(end)
    if (messages.length > 0) {
      const answers = await database.execProtocolRaw(messages)
      if (answers.length > 0) stream.push(answers)
    }
    if (isLast) stream.push(null)
  }

  return new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk])
      receive(this).then(() => done(), done)
    },
    final(done) {
      this.push(null)
      done()
    }
  })
}
