import { assert, type Vitest } from "@effect/vitest"
import {
  ApiKeys,
  ProcessingJobs,
  type RepositoryServices,
  ReviewTasks,
  Timeblocks,
  Timetables,
  UploadedDocuments,
  Users,
  Webhooks
} from "@timegrid/core/repository"
import { Effect, Option } from "effect"
import { assertFailsAs, assertRefusedBy } from "./failures.ts"
import { genericContract } from "./genericContract.ts"
import {
  givenDocument,
  givenJob,
  givenReviewTask,
  givenTimeblock,
  givenTimetable,
  givenUser,
  givenWebhook,
  unlike,
  userInput
} from "./given.ts"

/** The promises of `Users`. */
export const usersContract = (it: Vitest.MethodsNonLive<RepositoryServices>): void => {
  genericContract(it, {
    table: "users",
    repository: Effect.gen(function* () {
      return yield* Users
    }),
    scope: Effect.succeed({
      filter: { role: "reviewer" as const },
      shared: true,
      input: Effect.sync(() => userInput({ role: "reviewer", settings: { theme: "dark", own: [1, null] } }))
    }),
    noMatch: { role: "admin" },
    changes: { firstName: "Grace", lastLoginAt: "2031-02-03T04:05:06.000Z", emailVerified: true },
    changed: { firstName: "Grace", lastLoginAt: "2031-02-03T04:05:06.000Z", emailVerified: true },
    invalid: {
      "a role that is none": { role: "janitor" },
      "an address that is none": { email: "ada" },
      "a name that is too long": { firstName: "😀".repeat(101) },
      "text that Postgres refuses": { lastName: "a\0b" },
      "half of a surrogate pair in JSON": { settings: { theme: "\ud800" } }
    }
  })

  it.effect("an address is found in any case, with the hash only where it is asked for", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const name = unlike()
      const user = yield* givenUser({ email: `Ada.${name}@School.example`, passwordHash: "scrypt$own" })
      assert.notProperty(user, "passwordHash")
      const email = `aDA.${name}@sCHOOL.EXAMPLE`
      assert.deepStrictEqual(yield* users.findByEmail(email), Option.some(user))
      const credentials = Option.getOrThrow(yield* users.findCredentials(email))
      assert.deepStrictEqual(credentials, { user, passwordHash: "scrypt$own" })
    })
  )

  it.effect("an address that nobody has, or can have, finds nobody", () =>
    Effect.gen(function* () {
      const users = yield* Users
      for (const email of [`${unlike()}@school.example`, "ada", "%", "a\0b@school.example", ""]) {
        assert.deepStrictEqual(yield* users.findByEmail(email), Option.none())
        assert.deepStrictEqual(yield* users.findCredentials(email), Option.none())
      }
    })
  )

  it.effect("an address is taken in any case of its letters", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { email } = yield* givenUser()
      yield* assertRefusedBy("UniqueViolation", "users_email_key", users.insert(userInput({ email })))
      const capitals = users.insert(userInput({ email: email.toUpperCase() }))
      yield* assertRefusedBy("UniqueViolation", "idx_users_email_case_blind", capitals)
      const other = yield* givenUser()
      const change = users.update(other.id, { email: email.toUpperCase() })
      yield* assertRefusedBy("UniqueViolation", "idx_users_email_case_blind", change)
      assert.strictEqual((yield* users.get(other.id)).email, other.email)
    })
  )

  it.effect("a name of as many characters as the column has, each of two units, is taken", () =>
    Effect.gen(function* () {
      const user = yield* givenUser({ firstName: "😀".repeat(100) })
      assert.strictEqual((yield* (yield* Users).get(user.id)).firstName, "😀".repeat(100))
    })
  )

  it.effect("a new hash replaces the old one", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const { email, id } = yield* givenUser()
      yield* users.update(id, { passwordHash: "scrypt$new" })
      assert.strictEqual(Option.getOrThrow(yield* users.findCredentials(email)).passwordHash, "scrypt$new")
    })
  )

  it.effect("what belongs to a user goes with them, and what they only worked on stays", () =>
    Effect.gen(function* () {
      const user = yield* givenUser()
      const timetable = yield* givenTimetable({ userId: user.id })
      const timeblock = yield* givenTimeblock({ timetableId: timetable.id })
      const document = yield* givenDocument({ userId: user.id })
      const job = yield* givenJob({ userId: user.id, documentId: document.id })
      const task = yield* givenReviewTask({ jobId: job.id })
      const webhook = yield* givenWebhook({ userId: user.id })
      const keyInput = { userId: user.id, name: "key", prefix: "tg_", secretHash: unlike() }
      const key = yield* ApiKeys.use((keys) => keys.insert(keyInput))
      const reviewed = yield* givenReviewTask({ assignedTo: user.id })

      assert.isTrue(yield* (yield* Users).remove(user.id))
      const gone = [
        (yield* Timetables).find(timetable.id),
        (yield* Timeblocks).find(timeblock.id),
        (yield* UploadedDocuments).find(document.id),
        (yield* ProcessingJobs).find(job.id),
        (yield* ReviewTasks).find(task.id),
        (yield* Webhooks).find(webhook.id),
        (yield* ApiKeys).find(key.id)
      ]
      for (const find of gone) assert.isTrue(Option.isNone<unknown>(yield* find))
      assert.isNull((yield* (yield* ReviewTasks).get(reviewed.id)).assignedTo)
    })
  )

  it.effect("a column that a caller has no say in is refused", () =>
    Effect.gen(function* () {
      const users = yield* Users
      const late = { ...userInput(), createdAt: "2031-02-03T04:05:06.000Z", version: 7 }
      yield* assertFailsAs("RowInvalid", users.insert(late))
    })
  )
}
