/** Subscriptions in Redis. Used as a namespace: `RedisSubscriptionStore.layer()`. */
import { randomUUID } from "node:crypto"
import { redisEntry, subscriptionsEntry } from "@timegrid/core"
import { makeHeldSubscriptions, RealtimeError, RealtimeUnavailable, SubscriptionStore } from "@timegrid/core/realtime"
import { Duration, Effect, Layer } from "effect"
import * as z from "zod"
import { RedisClient } from "./RedisClient.ts"
import type { RedisFailure } from "./RedisFailure.ts"
import { beatScript, dropScript, followScript, leaveScript, silentScript } from "./subscriptionScripts.ts"

/** How processes are told dead from alive. */
export interface RedisSubscriptionOptions {
  /** A process says so often that it is there, and looks for those that do not. Default 10 seconds. */
  readonly beatEvery?: Duration.Input | undefined
  /** A process that has said nothing for so long is dead. Default 30 seconds. */
  readonly silentFor?: Duration.Input | undefined
}

/** Which processes follow which of a user's jobs: fields are `<jobId> <processId>`. */
const holdersEntry = redisEntry({ pattern: "ws:holders:{userId}", type: "hash", lifetimeSeconds: null })
/** The users of whose jobs a process follows some. */
const usersEntry = redisEntry({ pattern: "ws:process:{processId}", type: "set", lifetimeSeconds: null })
/** Processes by when they were last heard of. */
const processesKey = "ws:processes"

const Ids = z.array(z.string())

/**
 * Provides `SubscriptionStore`: the set of the documentation a user, and beside it who holds what. While Redis is out of
 * reach a subscription is remembered here, and written when it is back.
 */
export const layer = ({
  beatEvery = "10 seconds",
  silentFor = "30 seconds"
}: RedisSubscriptionOptions = {}): Layer.Layer<SubscriptionStore, never, RedisClient> =>
  Layer.effect(
    SubscriptionStore,
    Effect.gen(function* () {
      const { keys, run, script } = yield* RedisClient
      const processId = randomUUID()
      const held = makeHeldSubscriptions()
      // True when Redis may lack what is held here.
      let isBehind = false

      const ofUser = (userId: string) => [keys.of(subscriptionsEntry, { userId }), keys.of(holdersEntry, { userId })]
      const ofProcess = (id: string) => keys.of(usersEntry, { processId: id })
      const processes = keys.whole(processesKey)

      // The user is noted with the process first, so that whatever follows can be swept.
      const follow = (userId: string, jobIds: ReadonlyArray<string>) =>
        Effect.andThen(
          run((client) => client.sadd(ofProcess(processId), userId)),
          script(followScript, ofUser(userId), [processId, ...jobIds])
        )
      // Whoever comes and goes while this is under way changes what is to be written.
      const settle = (userId: string, jobId: string): Effect.Effect<void, RedisFailure> =>
        Effect.suspend(() => {
          const isHeld = held.has(userId, jobId)
          const write = isHeld ? follow(userId, [jobId]) : script(leaveScript, ofUser(userId), [processId, jobId])
          return Effect.flatMap(write, () => (held.has(userId, jobId) === isHeld ? Effect.void : settle(userId, jobId)))
        })
      const remembered = Effect.catch(() =>
        Effect.sync(() => {
          isBehind = true
        })
      )

      const release = Effect.fnUntraced(function* (id: string) {
        const userIds = yield* run((client) => client.smembers(ofProcess(id)))
        yield* Effect.forEach(userIds, (userId) => script(dropScript, ofUser(userId), [id]))
        yield* run((client) => client.unlink(ofProcess(id)))
      })
      const bury = (id: string) =>
        Effect.andThen(
          release(id),
          run((client) => client.zrem(processes, id))
        )
      const sweep = Effect.gen(function* () {
        const silentMs = Duration.toMillis(Duration.fromInputUnsafe(silentFor))
        const dead = Ids.parse(yield* script(silentScript, [processes], [silentMs]))
        yield* Effect.forEach(dead, bury)
        return dead.length
      })
      const beat = Effect.gen(function* () {
        const isKnown = (yield* script(beatScript, [processes], [processId])) === 1
        if (!isKnown || isBehind) {
          isBehind = false
          yield* release(processId)
          yield* Effect.forEach(held.userIds(), (userId) => follow(userId, held.jobsOf(userId)))
        }
        yield* sweep
      }).pipe(remembered)

      yield* beat
      yield* Effect.addFinalizer(() => Effect.ignore(bury(processId)))
      yield* Effect.forkScoped(Effect.forever(Effect.delay(beat, beatEvery)))

      return {
        subscribe: (userId, jobId) =>
          Effect.suspend(() => (held.add(userId, jobId) ? remembered(settle(userId, jobId)) : Effect.void)),
        unsubscribe: (userId, jobId) =>
          Effect.suspend(() => (held.remove(userId, jobId) ? remembered(settle(userId, jobId)) : Effect.void)),
        list: (userId) =>
          Effect.mapError(
            run((client) => client.smembers(keys.of(subscriptionsEntry, { userId }))),
            unavailable(`subscriptions of ${userId}`)
          ),
        sweep: Effect.mapError(sweep, unavailable("subscriptions"))
      }
    })
  )

const unavailable = (subject: string) => (cause: unknown) =>
  new RealtimeError({ subject, reason: new RealtimeUnavailable({ cause }) })
