/**
 * How PostgreSQL finds the answers to the seed's three common queries, among as many rows as a large school system has.
 * `npm run test:chaos` takes the 100,000 timetables and 2 million timeblocks of the promise (a minute to load); `npm test`
 * takes a twentieth of them, which has the same plans.
 */
import { assert, describe, layer } from "@effect/vitest"
import { ProcessingJobs, Timetables, Users } from "@timegrid/core/repository"
import { Effect, Layer, Option } from "effect"
import { Statement } from "effect/sql"
import { PostgresDatabase } from "../../src/database/PostgresDatabase.ts"
import * as PostgresRepositories from "../../src/repositories/PostgresRepositories.ts"
import { freshPostgres, postgresUrl } from "../support/freshPostgres.ts"

const timetables = process.env.TIMEGRID_CHAOS === "full" ? 100_000 : 5_000
const blocksEach = 20

/** Every user has ten timetables, four of them active; every timetable a document, and every document a job. */
const load = Effect.gen(function* () {
  const { sql } = yield* PostgresDatabase
  yield* sql`INSERT INTO users (email, password_hash, first_name, last_name)
    SELECT n || '@school.example', 'hash', 'First', 'Last' FROM generate_series(1, ${timetables / 10}::int) n`
  yield* sql`INSERT INTO timetables (user_id, name, year, status, created_at, updated_at)
    SELECT id, 'Class ' || n, 2031, CASE WHEN n <= 4 THEN 'active' WHEN n <= 7 THEN 'draft' ELSE 'archived' END,
      now() - random() * interval '1 year', now() - n * interval '1 day'
    FROM users, generate_series(1, 10) n`
  yield* sql`INSERT INTO timeblocks (timetable_id, name, day_of_week, start_time, end_time)
    SELECT id, 'Lesson ' || n, (ARRAY['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])[n % 5 + 1],
      time '08:00' + n / 5 * interval '1 hour', time '08:50' + n / 5 * interval '1 hour'
    FROM timetables, generate_series(0, ${blocksEach - 1}::int) n`
  yield* sql`INSERT INTO documents (user_id, timetable_id, file_name, file_type, file_size, s3_bucket, s3_key)
    SELECT user_id, id, 'week.pdf', 'application/pdf', 1000, 'local', id::text FROM timetables`
  yield* sql`INSERT INTO processing_jobs (user_id, timetable_id, document_id, status)
    SELECT user_id, timetable_id, id, 'completed' FROM documents`
  yield* sql`ANALYZE`
})

interface Plan {
  readonly "Node Type": string
  readonly "Relation Name"?: string
  readonly "Index Name"?: string
  readonly Plans?: ReadonlyArray<Plan>
}

/** Every table that a plan reads, and by which index: `timetables by idx_timetables_user_status`. */
const readsOf = (plan: Plan): ReadonlyArray<string> => {
  const below = (plan.Plans ?? []).flatMap(readsOf)
  const { "Index Name": index, "Node Type": node, "Relation Name": relation } = plan
  if (node === "Bitmap Heap Scan") return below.map((read) => read.replace("?", relation ?? ""))
  if (node === "Bitmap Index Scan") return [`? by ${index}`]
  return relation === undefined ? below : [`${relation} by ${index ?? node}`, ...below]
}

/** What the statements of a call read, as the repository itself writes them. */
const readsBy = <A, E>(call: Effect.Effect<A, E, ProcessingJobs | Timetables | Users>) =>
  Effect.gen(function* () {
    const database = yield* PostgresDatabase
    const statements: Array<readonly [string, ReadonlyArray<unknown>]> = []
    yield* Effect.provideService(call, Statement.CurrentTransformer, (statement) => {
      statements.push(statement.compile())
      return Effect.succeed(statement)
    })
    const plans = yield* Effect.forEach(statements, ([text, parameters]) =>
      database.sql.unsafe<{ readonly "QUERY PLAN": ReadonlyArray<{ readonly Plan: Plan }> }>(
        `EXPLAIN (FORMAT JSON) ${text}`,
        parameters
      )
    )
    return plans.flat().flatMap(({ "QUERY PLAN": [plan] }) => (plan === undefined ? [] : readsOf(plan.Plan)))
  })

const anyTimetable = Effect.map(
  Timetables.use((all) => all.list({ limit: 1 })),
  ({ items: [first] }) => first
)
const timeblocksByTimetable = [
  "timeblocks by idx_timeblocks_timetable_id",
  "timeblocks by idx_timeblocks_timetable_day"
]

describe.skipIf(postgresUrl === null)(
  `among ${timetables} timetables and ${timetables * blocksEach} timeblocks`,
  () => {
    const store = Layer.provideMerge(PostgresRepositories.layer, freshPostgres())
    layer(Layer.provideMerge(Layer.effectDiscard(load), store), { excludeTestServices: true, timeout: "5 minutes" })(
      (it) => {
        it.effect("a user's active timetables with their counts come by the index of user and status", () =>
          Effect.gen(function* () {
            const { userId } = Option.getOrThrow(Option.fromNullishOr(yield* anyTimetable))
            const reads = yield* readsBy(Timetables.use((all) => all.listActive(userId)))
            assert.sameMembers(
              reads.filter((read) => read.startsWith("timetables")),
              ["timetables by idx_timetables_user_status"]
            )
            assert.oneOf(
              reads.find((read) => read.startsWith("timeblocks")),
              timeblocksByTimetable
            )
            assert.lengthOf(reads, 2)
            const active = yield* Timetables.use((all) => all.listActive(userId))
            assert.deepStrictEqual(
              active.map(({ timeblockCount }) => timeblockCount),
              [20, 20, 20, 20]
            )
          })
        )

        it.effect("a timetable with its timeblocks comes by its key, they by an index of their timetable", () =>
          Effect.gen(function* () {
            const { id } = Option.getOrThrow(Option.fromNullishOr(yield* anyTimetable))
            const reads = yield* readsBy(Timetables.use((all) => all.findFilled(id)))
            assert.lengthOf(reads, 2)
            assert.include(reads, "timetables by timetables_pkey")
            assert.oneOf(
              reads.find((read) => read.startsWith("timeblocks")),
              timeblocksByTimetable
            )
          })
        )

        it.effect("a job with its document and timetable comes by the keys of the three", () =>
          Effect.gen(function* () {
            const jobs = yield* ProcessingJobs
            const [job] = (yield* jobs.list({ limit: 1 })).items
            const reads = yield* readsBy(ProcessingJobs.use((all) => all.findNamed(job?.id ?? "")))
            assert.sameMembers(Array.from(reads), [
              "processing_jobs by processing_jobs_pkey",
              "documents by documents_pkey",
              "timetables by timetables_pkey"
            ])
          })
        )

        it.effect("an address is found in any case by its index, a page of a list by the index of its moment", () =>
          Effect.gen(function* () {
            const byEmail = yield* readsBy(Users.use((users) => users.findByEmail("7@School.example")))
            assert.deepStrictEqual(byEmail, ["users by idx_users_email_case_blind"])
            const page = yield* readsBy(Timetables.use((all) => all.list()))
            assert.deepStrictEqual(page, ["timetables by idx_timetables_created_at"])
          })
        )

        it.effect("words are searched by the full-text index", () =>
          Effect.gen(function* () {
            const reads = yield* readsBy(Timetables.use((all) => all.list({ filter: { search: "nowhere" } })))
            assert.deepStrictEqual(reads, ["timetables by idx_timetables_search"])
          })
        )
      }
    )
  }
)
