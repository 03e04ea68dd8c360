// What repositories cost beside the bare driver, which sends the statements that they send, and how soon an embedded
// database is there: node scripts/bench/repositories.ts
import { mkdtemp, rm } from "node:fs/promises"
import os from "node:os"
import path from "node:path"
import process from "node:process"
import { pathToFileURL } from "node:url"
import { Effect, Layer, References } from "effect"
import { SqlClient, Statement } from "effect/sql"
import { Pglite } from "../../packages/adapters/pglite/src/index.ts"
import { newUser, storeAt } from "../../packages/chaos/src/index.ts"
import { Timeblocks, Timetables } from "../../packages/core/src/repository/index.ts"
import { freshDatabase, startPostgres } from "../../packages/test-servers/src/index.ts"
import { median, range, table } from "./report.ts"

const turns = 41
const turnsToWarmUp = 10
const startTurns = 7

/** The least part of the bare driver's throughput that is promised, and the most seconds of a start. */
const promised = { reads: 0.85, batches: 0.9, startSeconds: 0.6 } as const

/** A call of a repository that sends one statement. */
interface Call {
  readonly name: string
  readonly run: Effect.Effect<unknown, unknown>
  readonly runsPerTurn: number
  readonly promised: number
  /** Puts back what a turn has changed. */
  readonly restore?: Effect.Effect<unknown, unknown>
}

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"] as const

/** A timeblock as pages give them: eight a day, each of 40 minutes. */
const blockOf = (timetableId: string, index: number) => {
  const hour = String(8 + (index % 8)).padStart(2, "0")
  return {
    timetableId,
    name: `Subject ${index % 12}`,
    dayOfWeek: weekdays[Math.floor(index / 8) % weekdays.length]!,
    startTime: `${hour}:00`,
    endTime: `${hour}:40`,
    notes: `Room ${index % 20}`,
    position: index,
    metadata: { subject: `Subject ${index % 12}`, room: `${index % 20}`, page: 1, confidence: 97.5 }
  }
}

const blocksOf = (timetableId: string, count: number) =>
  Array.from({ length: count }, (_, index) => blockOf(timetableId, index))

const makeCalls = Effect.gen(function* () {
  const timetables = yield* Timetables
  const timeblocks = yield* Timeblocks
  const sql = yield* SqlClient.SqlClient
  const userId = yield* newUser
  const [read, written] = yield* timetables.insertMany(
    ["Read", "Written"].map((name) => ({ userId, name, year: 2031 }))
  )
  const [block] = yield* timeblocks.insertMany(blocksOf(read!.id, 40))
  const batch = blocksOf(written!.id, 1000)
  const ofRead = { filter: { timetableId: read!.id } }
  return [
    {
      name: "find a timeblock by its id",
      run: timeblocks.find(block!.id),
      runsPerTurn: 200,
      promised: promised.reads
    },
    {
      name: "list the 40 timeblocks of a timetable",
      run: timeblocks.list({ ...ofRead, limit: 100 }),
      runsPerTurn: 60,
      promised: promised.reads
    },
    {
      name: "list the first 20 of them, with a cursor",
      run: timeblocks.list(ofRead),
      runsPerTurn: 100,
      promised: promised.reads
    },
    {
      name: "find a timetable with its 40 timeblocks",
      run: timetables.findFilled(read!.id),
      runsPerTurn: 60,
      promised: promised.reads
    },
    {
      name: "insert 1,000 timeblocks",
      run: timeblocks.insertMany(batch),
      runsPerTurn: 2,
      promised: promised.batches,
      restore: sql`DELETE FROM timeblocks WHERE timetable_id = ${written!.id}`
    }
  ] satisfies ReadonlyArray<Call>
})

/** What a call sends, sent by the driver alone: the same text and the same values, on the same connections. */
const bareOf = Effect.fnUntraced(function* ({ restore = Effect.void, run }: Call) {
  const sql = yield* SqlClient.SqlClient
  const sent: Array<readonly [text: string, values: ReadonlyArray<unknown>]> = []
  const record = Effect.provideService(run, Statement.CurrentTransformer, (statement) => {
    sent.push(statement.compile())
    return Effect.succeed(statement)
  })
  yield* Effect.andThen(record, restore)
  const [text, values] = sent[0]!
  if (sent.length > 1) return yield* Effect.die(new Error("A call must send one statement"))
  return Effect.suspend(() => sql.unsafe(text, values))
})

/** How often a second something runs. */
const measureTurn = Effect.fnUntraced(function* (work: Call["run"], { restore = Effect.void, runsPerTurn }: Call) {
  const start = performance.now()
  yield* Effect.repeat(work, { times: runsPerTurn - 1 })
  const seconds = (performance.now() - start) / 1000
  yield* restore
  return runsPerTurn / seconds
})

const measureCall = Effect.fnUntraced(function* (call: Call) {
  const bare = yield* bareOf(call)
  const speeds: Array<{ readonly ours: number; readonly bare: number }> = []
  for (let turn = -turnsToWarmUp; turn < turns; turn++) {
    // Who comes first takes turns too: it meets what the other has left to the server.
    const isFirst = turn % 2 === 0
    const early = yield* measureTurn(isFirst ? call.run : bare, call)
    const late = yield* measureTurn(isFirst ? bare : call.run, call)
    if (turn >= 0) speeds.push(isFirst ? { ours: early, bare: late } : { ours: late, bare: early })
  }
  return { call, speeds }
})

const measureCalls = Effect.flatMap(makeCalls, (calls) => Effect.forEach(calls, measureCall))

/** Seconds until an embedded database answers that lies in a folder already. */
const measureStarts = async (): Promise<ReadonlyArray<number>> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "timegrid-bench-"))
  const start = async () => {
    const before = performance.now()
    const seconds = Effect.map(Layer.build(Pglite.layer({ folder })), () => (performance.now() - before) / 1000)
    return Effect.runPromise(Effect.scoped(seconds))
  }
  try {
    await start()
    const times: Array<number> = []
    while (times.length < startTurns) times.push(await start())
    return times
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Measures everything and prints what is reached; false when a promise is broken. */
export async function measureRepositories(): Promise<boolean> {
  const postgres = await startPostgres()
  try {
    const { url } = await freshDatabase(postgres.url)
    const measured = await measureCalls.pipe(
      Effect.provide(storeAt(url)),
      Effect.provideService(References.MinimumLogLevel, "Warn"),
      Effect.runPromise
    )
    const results = measured.map(({ call, speeds }) => {
      const ratios = speeds.map(({ bare, ours }) => ours / bare)
      const [ours, bare] = [median(speeds.map((speed) => speed.ours)), median(speeds.map((speed) => speed.bare))]
      const figures = [ours.toFixed(0), bare.toFixed(0), `${median(ratios).toFixed(2)} (${range(ratios, 2)})`]
      return { row: [call.name, ...figures, `at least ${call.promised}`], isKept: median(ratios) >= call.promised }
    })
    const header = ["repository on PostgreSQL", "calls a second", "bare driver", "ratio (min–max)", "promised"]
    process.stdout.write(
      `${table(
        header,
        results.map(({ row }) => row)
      )}\n\n`
    )
    const starts = await measureStarts()
    const start = [`${median(starts).toFixed(2)} (${range(starts, 2)})`, `at most ${promised.startSeconds}`]
    process.stdout.write(
      `${table(["embedded database", "seconds (min–max)", "promised"], [["start from a folder", ...start]])}\n`
    )
    process.stdout.write(`load ${os.loadavg()[0]!.toFixed(1)} on ${os.availableParallelism()} processors\n`)
    return results.every(({ isKept }) => isKept) && median(starts) <= promised.startSeconds
  } finally {
    await postgres.stop()
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href && !(await measureRepositories()))
  process.exitCode = 1
