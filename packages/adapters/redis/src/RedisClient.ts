/** A connection to Redis. Used as a namespace: `RedisClient.layer({ url })`. */
import type { ConnectionOptions } from "node:tls"
import { Context, Effect, Layer, Redacted, type Scope } from "effect"
import { type Cluster, Redis } from "ioredis"
import { RedisFailure } from "./RedisFailure.ts"
import { makeRedisKeys, type RedisKeyOptions, type RedisKeys } from "./redisKeys.ts"
import { makeScriptRunner, type ScriptRunner } from "./script.ts"

/** Where Redis is, and how it is talked to. */
export interface RedisClientOptions extends RedisKeyOptions {
  /** `redis://user:password@host:6379/0`, or `rediss:` for TLS. */
  readonly url: string | Redacted.Redacted<string>
  /** Certificates and the like, for `rediss:`. */
  readonly tls?: ConnectionOptions | undefined
  /** Default 2000. */
  readonly connectTimeoutMs?: number | undefined
  /** A command that takes longer has failed. Default 1000. */
  readonly commandTimeoutMs?: number | undefined
}

/** A connection that the stores of this package share. */
export class RedisClient extends Context.Service<
  RedisClient,
  {
    readonly keys: RedisKeys
    /** Runs commands; fails at once while Redis is out of reach, and never waits for longer than a command may take. */
    readonly run: <A>(commands: (client: Redis) => Promise<A>) => Effect.Effect<A, RedisFailure>
    /** Runs a script by its hash, and sends it where Redis does not know it. */
    readonly script: ScriptRunner
    /** Another connection like it, for what needs one of its own; closed with the scope. */
    readonly duplicate: Effect.Effect<Redis, never, Scope.Scope>
    /** Succeeds when Redis answers. */
    readonly ping: Effect.Effect<void, RedisFailure>
  }
>()("@timegrid/redis/RedisClient") {}

/** Connects, and connects again whenever the connection breaks. Redis may be out of reach at the start. */
export const layer = (options: RedisClientOptions): Layer.Layer<RedisClient> =>
  Layer.effect(
    RedisClient,
    Effect.gen(function* () {
      const client = yield* Effect.acquireRelease(
        Effect.sync(() => new Redis(urlText(options.url), clientOptions(options))),
        close
      )
      yield* watched(client)
      yield* settled(client, options.connectTimeoutMs ?? connectTimeoutMs)
      return makeClient(client, options)
    })
  )

/**
 * Takes a client that is there, a cluster's with `hashTags`; whoever made it closes it. Make it with
 * `enableOfflineQueue: false`, `maxRetriesPerRequest: 0` and a `commandTimeout`, so that nothing waits for a Redis that is
 * gone.
 */
export const layerFrom = (client: Redis | Cluster, options: RedisKeyOptions = {}): Layer.Layer<RedisClient> =>
  Layer.sync(RedisClient, () => makeClient(client, options))

const connectTimeoutMs = 2_000
const commandTimeoutMs = 1_000

// A command that could not be carried out at once fails: whoever sent it knows better than a queue what to do then. It is
// not sent again, since it may have been carried out.
const clientOptions = (options: RedisClientOptions) => ({
  connectTimeout: options.connectTimeoutMs ?? connectTimeoutMs,
  commandTimeout: options.commandTimeoutMs ?? commandTimeoutMs,
  // A connection over which nothing comes back is dead, though nobody has said so: the next commands need not wait.
  socketTimeout: 2 * (options.commandTimeoutMs ?? commandTimeoutMs),
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (times: number) => Math.min(50 * 2 ** Math.min(times, 5), 1_000),
  ...(options.tls !== undefined && { tls: options.tls })
})

const urlText = (url: string | Redacted.Redacted<string>) => (Redacted.isRedacted(url) ? Redacted.value(url) : url)

const makeClient = (connection: Redis | Cluster, options: RedisKeyOptions): RedisClient["Service"] => {
  // Both have the same commands; the overloads of a union cannot be called.
  const client = connection as Redis
  const run = <A>(commands: (client: Redis) => Promise<A>) =>
    Effect.tryPromise({ try: () => commands(client), catch: (cause) => new RedisFailure({ cause }) })
  return {
    keys: makeRedisKeys(options),
    run,
    script: makeScriptRunner(run),
    duplicate: Effect.acquireRelease(
      Effect.sync(() => client.duplicate()),
      close
    ).pipe(
      Effect.tap(watched),
      // Before it is ready it would miss what it is made to hear.
      Effect.tap((another) => settled(another, connectTimeoutMs))
    ),
    ping: Effect.asVoid(run((client) => client.ping()))
  }
}

/** The connection says that it broke, once, and that it is back; without a listener ioredis writes to the console. */
const watched = Effect.fnUntraced(function* (client: Redis) {
  const log = Effect.runForkWith(yield* Effect.context<never>())
  let isBroken = false
  client.on("error", (error: Error) => {
    if (isBroken) return
    isBroken = true
    log(Effect.logWarning(`Redis is out of reach: ${error.message || error.name}`))
  })
  client.on("ready", () => {
    if (isBroken) log(Effect.logInfo("Redis is back"))
    isBroken = false
  })
})

/** Waits for the first connection, but not for long: what needs Redis can do without. */
const settled = (client: Redis, patienceMs: number) =>
  Effect.callback<void>((resume) => {
    const done = () => resume(Effect.void)
    if (client.status === "ready") return done()
    client.once("ready", done)
    client.once("error", done)
    return Effect.sync(() => void client.off("ready", done).off("error", done))
  }).pipe(Effect.timeoutOption(patienceMs), Effect.asVoid)

const close = (client: Redis) => Effect.sync(() => client.disconnect())
