import { randomUUID } from "node:crypto"
import { assert, layer } from "@effect/vitest"
import type { Session } from "@timegrid/core"
import { makeSessionToken, readSessionToken, SessionStore } from "@timegrid/core/session"
import { Duration, Effect, type Layer, Option } from "effect"
import { TestClock } from "effect/testing"

/** How one session store's contract is run. */
export interface SessionStoreContractOptions<R> {
  /** Lets this much time pass for the store. Default: the test clock is moved on, for stores that go by Effect's. */
  readonly passTime?: (duration: Duration.Duration) => Effect.Effect<void, never, R>
  /** Makes a user whom the store knows. Default any id: for stores that know no users. */
  readonly makeUser?: Effect.Effect<Pick<Session, "userId" | "email" | "role">, never, R>
}

const anyUser = Effect.sync(() => {
  const userId = randomUUID()
  return { userId, email: `${userId}@school.test`, role: "teacher" as const }
})

const secretsOf = (sessions: ReadonlyArray<{ readonly secretHash: string }>) =>
  sessions.map(({ secretHash }) => secretHash)

/**
 * The promises that every session store keeps. Days pass in it: a store that goes by a clock of its own says how in
 * `passTime`. Needs `vitest` and `@effect/vitest`.
 *
 * @example
 * sessionStoreContract("memory", MemorySessionStore.layer)
 */
export const sessionStoreContract = <E, R = never>(
  name: string,
  store: Layer.Layer<SessionStore | R, E>,
  { makeUser = anyUser, passTime = (duration) => TestClock.adjust(duration) }: SessionStoreContractOptions<R> = {}
): void => {
  const begin = Effect.fnUntraced(function* (
    user: Pick<Session, "userId" | "email" | "role">,
    options: { readonly userAgent?: string; readonly lifetime?: Duration.Input } = {}
  ) {
    const { secretHash, token } = yield* makeSessionToken(user.userId)
    const session = yield* SessionStore.use((sessions) => sessions.create({ ...user, secretHash, ...options }))
    return { session, token, key: { userId: user.userId, secretHash } }
  })
  const use = (key: { readonly userId: string; readonly secretHash: string }) =>
    SessionStore.use((sessions) => sessions.use(key))
  const isLive = (key: { readonly userId: string; readonly secretHash: string }) => Effect.map(use(key), Option.isSome)
  const list = (userId: string) => SessionStore.use((sessions) => sessions.list(userId))

  layer(store)(`SessionStore contract: ${name}`, (it) => {
    it.effect("a session is found by its token, and says what its device said", () =>
      Effect.gen(function* () {
        const user = yield* makeUser
        const { session, token } = yield* begin(user, { userAgent: "Firefox, née Phoenix" })
        const found = Option.getOrThrow(yield* use(Option.getOrThrow(readSessionToken(token))))
        assert.deepStrictEqual(found, session)
        assert.strictEqual(found.userAgent, "Firefox, née Phoenix")
        assert.strictEqual(found.userId, user.userId)
        assert.strictEqual(Date.parse(found.expiresAt) - Date.parse(found.lastAccess), 7 * 86_400_000)
      })
    )

    it.effect("what a device says of itself never stands in the way", () =>
      Effect.gen(function* () {
        const { key } = yield* begin(yield* makeUser, { userAgent: `a\0b\ud800c"${"x".repeat(5_000)}` })
        const { userAgent } = Option.getOrThrow(yield* use(key))
        assert.strictEqual(userAgent?.slice(0, 6), 'ab\ufffdc"x')
      })
    )

    it.effect("a session does not say what its user may do", () =>
      Effect.gen(function* () {
        const { key } = yield* begin(yield* makeUser)
        assert.notProperty(Option.getOrThrow(yield* use(key)), "role")
      })
    )

    it.effect("another secret, or another user's, finds no session", () =>
      Effect.gen(function* () {
        const [one, other] = [yield* begin(yield* makeUser), yield* begin(yield* makeUser)]
        assert.isFalse(yield* isLive({ ...one.key, secretHash: "sha256:00" }))
        assert.isFalse(yield* isLive({ userId: one.key.userId, secretHash: other.key.secretHash }))
        assert.isFalse(yield* isLive({ ...one.key, userId: randomUUID() }))
      })
    )

    it.effect("a session lasts 7 days from its last use", () =>
      Effect.gen(function* () {
        const { key } = yield* begin(yield* makeUser)
        for (let week = 0; week < 3; week++) {
          yield* passTime(Duration.days(6))
          assert.isTrue(yield* isLive(key))
        }
        yield* passTime(Duration.days(7))
        assert.isFalse(yield* isLive(key))
      })
    )

    it.effect("each device's session has an end of its own", () =>
      Effect.gen(function* () {
        const user = yield* makeUser
        const kiosk = yield* begin(user, { lifetime: "1 hour" })
        const laptop = yield* begin(user)
        yield* passTime(Duration.minutes(50))
        assert.isTrue(yield* isLive(kiosk.key))
        yield* passTime(Duration.minutes(50))
        assert.isTrue(yield* isLive(kiosk.key))
        yield* passTime(Duration.minutes(70))
        assert.isFalse(yield* isLive(kiosk.key))
        assert.isTrue(yield* isLive(laptop.key))
        assert.deepStrictEqual(secretsOf(yield* list(user.userId)), [laptop.key.secretHash])
      })
    )

    it.effect("a user's sessions are listed, the last used first", () =>
      Effect.gen(function* () {
        const user = yield* makeUser
        const first = yield* begin(user, { userAgent: "first" })
        yield* passTime(Duration.minutes(5))
        const second = yield* begin(user)
        yield* passTime(Duration.minutes(5))
        assert.isTrue(yield* isLive(first.key))
        const sessions = yield* list(user.userId)
        assert.deepStrictEqual(secretsOf(sessions), [first.key.secretHash, second.key.secretHash])
        assert.deepStrictEqual(
          sessions.map(({ userAgent }) => userAgent),
          ["first", null]
        )
        assert.deepStrictEqual(yield* list(randomUUID()), [])
      })
    )

    it.effect("a session that is ended is over, and the user's others go on", () =>
      Effect.gen(function* () {
        const user = yield* makeUser
        const [one, other] = [yield* begin(user), yield* begin(user)]
        const sessions = yield* SessionStore
        yield* sessions.remove(one.key)
        assert.isFalse(yield* isLive(one.key))
        assert.isTrue(yield* isLive(other.key))
        yield* sessions.remove(one.key)
        yield* sessions.remove(other.key)
        assert.deepStrictEqual(yield* list(user.userId), [])
      })
    )

    it.effect("all sessions of a user end at once, and nobody else's", () =>
      Effect.gen(function* () {
        const user = yield* makeUser
        const sessions = yield* Effect.forEach(Array.from({ length: 3 }), () => begin(user))
        const stranger = yield* begin(yield* makeUser)
        yield* SessionStore.use((store) => store.removeAll(user.userId))
        assert.deepStrictEqual(yield* Effect.forEach(sessions, ({ key }) => isLive(key)), [false, false, false])
        assert.isTrue(yield* isLive(stranger.key))
      })
    )

    it.effect("whoever changes their password may stay where they are", () =>
      Effect.gen(function* () {
        const user = yield* makeUser
        const [one, other] = [yield* begin(user), yield* begin(user)]
        yield* SessionStore.use((store) => store.removeAll(user.userId, { except: one.key.secretHash }))
        assert.deepStrictEqual(secretsOf(yield* list(user.userId)), [one.key.secretHash])
        assert.isFalse(yield* isLive(other.key))
      })
    )

    it.effect("a session that is used while all are ended does not come back", () =>
      Effect.gen(function* () {
        const user = yield* makeUser
        const sessions = yield* Effect.forEach(Array.from({ length: 20 }), () => begin(user))
        yield* passTime(Duration.minutes(2))
        const uses = sessions.map(({ key }) => use(key))
        const end = SessionStore.use((store) => store.removeAll(user.userId))
        yield* Effect.all([...uses.slice(0, 10), end, ...uses.slice(10)], { concurrency: "unbounded" })
        assert.deepStrictEqual(yield* list(user.userId), [])
      })
    )

    it.effect("many devices may log in at once", () =>
      Effect.gen(function* () {
        const user = yield* makeUser
        const sessions = yield* Effect.forEach(Array.from({ length: 30 }), () => begin(user), {
          concurrency: "unbounded"
        })
        const expected = secretsOf(sessions.map(({ key }) => key)).toSorted()
        assert.deepStrictEqual(secretsOf(yield* list(user.userId)).toSorted(), expected)
      })
    )

    it.effect("forgetting what is over leaves what is not", () =>
      Effect.gen(function* () {
        const user = yield* makeUser
        const { key } = yield* begin(user)
        yield* begin(user, { lifetime: "1 minute" })
        yield* passTime(Duration.minutes(2))
        assert.isAtLeast(yield* SessionStore.use((store) => store.removeExpired), 0)
        assert.deepStrictEqual(secretsOf(yield* list(user.userId)), [key.secretHash])
        assert.strictEqual(yield* SessionStore.use((store) => store.removeExpired), 0)
      })
    )
  })
}
