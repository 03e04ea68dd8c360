import { execFileSync } from "node:child_process"
import { randomUUID } from "node:crypto"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import path from "node:path"
import { assert, describe, it } from "@effect/vitest"
import { Cache } from "@timegrid/core"
import { RateLimiter } from "@timegrid/core/rate-limit"
import { EventBus, type EventChannel, SubscriptionStore } from "@timegrid/core/realtime"
import { makeSessionToken, SessionStore } from "@timegrid/core/session"
import { debianCommand, freePort, startRedis } from "@timegrid/test-servers"
import { Effect, Layer, Option, Redacted, Stream } from "effect"
import { Cluster, Redis } from "ioredis"
import * as z from "zod"
import {
  RedisCache,
  RedisClient,
  RedisEventBus,
  RedisRateLimiter,
  RedisSessionStore,
  RedisSubscriptionStore
} from "../src/index.ts"
import { redisUrl } from "./redis.ts"

const server = (settings: Readonly<Record<string, string | number>>) =>
  Effect.acquireRelease(
    Effect.promise(() => startRedis({ settings })),
    ({ stop }) => Effect.promise(stop)
  )

/** A key and a certificate for this machine, made on the spot. */
const certificate = Effect.acquireRelease(
  Effect.promise(async () => {
    const openssl = await debianCommand("openssl")
    const folder = mkdtempSync(path.join(tmpdir(), "timegrid-tls-"))
    const [key, cert] = [path.join(folder, "key.pem"), path.join(folder, "cert.pem")]
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    execFileSync(openssl, ["req", "-x509", ...curve, "-keyout", key, "-out", cert, ...names], { stdio: "ignore" })
    return { folder, key, cert }
  }),
  ({ folder }) => Effect.sync(() => rmSync(folder, { recursive: true }))
)

const numbers: EventChannel<number> = { name: "numbers", schema: z.number() }

const stores = Layer.mergeAll(
  RedisCache.layer,
  RedisEventBus.layer,
  RedisRateLimiter.layer,
  RedisSessionStore.layer,
  RedisSubscriptionStore.layer()
)

/** Something of every store that takes more than one command or key. */
const useAll = Effect.gen(function* () {
  const [userId, jobId] = [randomUUID(), randomUUID()]
  const { secretHash } = yield* makeSessionToken(userId)
  const sessions = yield* SessionStore
  yield* sessions.create({ userId, secretHash, email: "a@school.test", role: "teacher" })
  assert.isTrue(Option.isSome(yield* sessions.use({ userId, secretHash })))
  const subscriptions = yield* SubscriptionStore
  yield* subscriptions.subscribe(userId, jobId)
  assert.deepStrictEqual(yield* subscriptions.list(userId), [jobId])
  const { take } = yield* RateLimiter
  const limit = { userId, endpoint: "/", limit: 10 }
  yield* take(limit)
  // Counted by Redis, not by this process alone.
  assert.strictEqual((yield* take(limit)).remaining, 8)
  const bus = yield* EventBus
  const stream = yield* bus.listen(numbers)
  yield* bus.publish(numbers, 1)
  const heard = yield* Stream.runCollect(
    Stream.take(
      Stream.filter(stream, ({ type }) => type === "event"),
      1
    )
  )
  assert.deepStrictEqual(heard, [{ type: "event", event: 1 }])
  const cache = yield* Cache
  yield* cache.put("key", Uint8Array.of(1), "1 minute")
  assert.isTrue(Option.isSome(yield* cache.find("key")))
  yield* subscriptions.unsubscribe(userId, jobId)
  assert.deepStrictEqual(yield* subscriptions.list(userId), [])
  return userId
})

describe.skipIf(redisUrl === null)("connections", () => {
  it.live("all stores work on a cluster with hash tags", () =>
    Effect.gen(function* () {
      // Its own choice, 10,000 above the other port, may be none that there is.
      const busPort = yield* Effect.promise(freePort)
      const settings = { "cluster-enabled": "yes", "cluster-announce-ip": "127.0.0.1", "cluster-port": busPort }
      const { url } = yield* server(settings)
      const node = new Redis(url)
      yield* Effect.promise(async () => {
        await node.call("CLUSTER", "ADDSLOTSRANGE", "0", "16383")
        while (!String(await node.call("CLUSTER", "INFO")).includes("cluster_state:ok")) {
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
        node.disconnect()
      })
      const cluster = yield* Effect.acquireRelease(
        Effect.promise(async () => {
          const { hostname, port } = new URL(url)
          const client = new Cluster([{ host: hostname, port: Number(port) }])
          await new Promise((resolve) => client.once("ready", resolve))
          return client
        }),
        (client) => Effect.sync(() => client.disconnect())
      )
      const client = RedisClient.layerFrom(cluster, { hashTags: true })
      const userId = yield* Effect.provide(useAll, Layer.provideMerge(stores, client))
      assert.strictEqual(yield* Effect.promise(() => cluster.exists(`session:{${userId}}`)), 1)
    })
  )

  it.live("TLS is spoken where the URL says so, with the certificates that are given", () =>
    Effect.gen(function* () {
      const { cert, key } = yield* certificate
      const plain = yield* server({ "tls-port": 0 })
      const tlsPort = yield* Effect.promise(freePort)
      yield* Effect.promise(async () => {
        const client = new Redis(plain.url)
        await client.config("SET", "tls-cert-file", cert, "tls-key-file", key, "tls-auth-clients", "no")
        await client.config("SET", "tls-port", String(tlsPort))
        client.disconnect()
      })
      const url = Redacted.make(`rediss://127.0.0.1:${tlsPort}`)
      const ping = RedisClient.RedisClient.use((client) => client.ping)
      const client = (tls: { readonly ca: Buffer } | undefined) => RedisClient.layer({ url, tls })
      yield* Effect.provide(ping, client({ ca: readFileSync(cert) }))
      yield* Effect.provide(useAll, Layer.provideMerge(stores, client({ ca: readFileSync(cert) })))
      // Unknown to the machine, the certificate is refused.
      assert.strictEqual((yield* Effect.flip(Effect.provide(ping, client(undefined))))._tag, "RedisFailure")
    })
  )

  it.live("a cache that is full says so, and it is no reason to try again", () =>
    Effect.gen(function* () {
      const { url } = yield* server({ maxmemory: "3mb", "maxmemory-policy": "noeviction" })
      yield* Effect.gen(function* () {
        const cache = yield* Cache
        const fill = Effect.forEach(
          Array.from({ length: 100 }, (_, index) => `key ${index}`),
          (key) => cache.put(key, new Uint8Array(100_000), "1 minute")
        )
        const error = yield* Effect.flip(fill)
        assert.strictEqual(error.code, "refused")
        assert.isFalse(error.isRetryable)
      }).pipe(Effect.provide(Layer.provide(RedisCache.layer, RedisClient.layer({ url }))))
    })
  )
})
