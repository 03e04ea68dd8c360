import { assert, describe, it } from "@effect/vitest"
import { type OcrError, type OcrErrorReason, OcrProvider } from "@timegrid/core"
import { lineOfText } from "@timegrid/testing"
import { Effect, Fiber } from "effect"
import type { CloudOcrOptions } from "../src/shared/CloudOcr.ts"
import { vendors } from "./servers/index.ts"
import { json, loopback, type Reply } from "./servers/loopback.ts"
import { type Circumstances, rightKey, serve, type Vendor } from "./servers/Vendor.ts"

const readLine = OcrProvider.use((ocr) => ocr.recognize(lineOfText.image))

const eventually = (isSo: () => boolean) => Effect.repeat(Effect.delay(Effect.sync(isSo), 10), { until: (is) => is })

/** What a call to a service ends with. */
const failureOf = (vendor: Vendor, circumstances: Circumstances, options?: CloudOcrOptions, key?: string) =>
  Effect.gen(function* () {
    const { url } = yield* serve(vendor, circumstances)
    return yield* readLine.pipe(Effect.provide(vendor.layer(url, options, key)), Effect.flip)
  })

const assertIs = (error: OcrError, tag: OcrErrorReason["_tag"]) => {
  assert.strictEqual(error.reason._tag, tag, error.message)
  assert.strictEqual(error.pageNumber, lineOfText.image.pageNumber)
  assert.notInclude(`${error.stack} ${JSON.stringify(error)} ${error.message}`, rightKey)
}

const waitOf = ({ reason }: OcrError): number | undefined =>
  reason._tag === "RateLimited" || reason._tag === "ServiceUnavailable" ? reason.retryAfterMs : undefined

const body = (text: string): Reply => ({ status: 200, headers: { "content-type": "application/json" }, body: text })

describe.each(vendors.map((vendor) => [vendor.name, vendor] as const))("%s", (_, vendor) => {
  const answering = (status: number, headers: Readonly<Record<string, string>> = {}): Circumstances => ({
    instead: () => json(status, vendor.failure(status), headers)
  })

  it.live.each([
    [401, "AuthenticationFailed"],
    [403, "AuthenticationFailed"],
    [404, "RequestRejected"],
    [408, "ServiceTimedOut"],
    [413, "UnreadableImage"],
    [429, "RateLimited"],
    [500, "ServiceUnavailable"],
    [503, "ServiceUnavailable"],
    [529, "ServiceUnavailable"]
  ] as const)("status %s ends in %s", ([status, tag]) =>
    Effect.gen(function* () {
      const error = yield* failureOf(vendor, answering(status))
      assertIs(error, tag)
      assert.isUndefined(waitOf(error))
    })
  )

  it.live.each([429, 503])("a wait that is asked for with status %s is handed on, in seconds or as a date", (status) =>
    Effect.gen(function* () {
      assert.strictEqual(waitOf(yield* failureOf(vendor, answering(status, { "retry-after": "7" }))), 7_000)
      const date = new Date(Date.now() + 60_000).toUTCString()
      const wait = waitOf(yield* failureOf(vendor, answering(status, { "retry-after": date })))
      assert.approximately(wait ?? 0, 60_000, 5_000)
    })
  )

  it.live("a failure that is no JSON is told by its status", () =>
    Effect.gen(function* () {
      const instead = () => ({ status: 502, body: "<html>\u0000 Bad gateway </html>" })
      const error = yield* failureOf(vendor, { instead })
      assertIs(error, "ServiceUnavailable")
      assert.include(error.message, "Bad gateway")
      assert.notInclude(error.message, "\u0000")
    })
  )

  it.live("a connection that breaks in the middle of the answer is a service that is unavailable", () =>
    Effect.gen(function* () {
      assertIs(
        yield* failureOf(vendor, { instead: (text) => ({ status: 200, body: text, isCut: true }) }),
        "ServiceUnavailable"
      )
    })
  )

  it.live("so is one that nobody accepts", () =>
    Effect.gen(function* () {
      const { url } = yield* Effect.scoped(serve(vendor))
      assertIs(yield* Effect.flip(Effect.provide(readLine, vendor.layer(url))), "ServiceUnavailable")
    })
  )

  it.live.each([
    ["no JSON", () => "Monday 9:30"],
    ["JSON that ends too soon", (answer: string) => answer.slice(0, -1)],
    ["another shape", () => '{"result":"fine"}'],
    ["nothing", () => ""],
    ["a list", (answer: string) => `[${answer}]`],
    ["numbers where words should be", (answer: string) => answer.replaceAll(/"(text|Text|content)":"[^"]*"/g, '"$1":7')]
  ] as const)("an answer that is %s is malformed", ([, change]) =>
    Effect.gen(function* () {
      const error = yield* failureOf(vendor, { instead: (text) => body(change(text)) })
      assertIs(error, "ResponseMalformed")
      assert.isBelow(error.message.length, 400)
    })
  )

  it.live("an answer of ten megabytes is not read to its end", () =>
    Effect.gen(function* () {
      const error = yield* failureOf(vendor, { instead: (text) => body(text + " ".repeat(10_000_000)) })
      assertIs(error, "ResponseTooLarge")
      assert.isFalse(error.isRetryable)
    })
  )

  it.live("a service that says nothing is given up after a while", () =>
    Effect.gen(function* () {
      const error = yield* failureOf(vendor, { instead: () => "silence" }, { timeout: "150 millis" })
      assertIs(error, "ServiceTimedOut")
      assert.include(error.message, "150 ms")
    })
  )

  it.live("an interrupted call hangs up", () =>
    Effect.gen(function* () {
      const service = yield* serve(vendor, { instead: () => "silence" })
      const fiber = yield* Effect.forkChild(Effect.provide(readLine, vendor.layer(service.url)))
      // Some ask first and fetch later: it is to be interrupted while it waits for the silent answer.
      yield* Effect.sleep(1_000)
      yield* Fiber.interrupt(fiber)
      yield* eventually(() => service.abandoned() === 1)
    })
  )

  it.live("a wrong key fails, and is not told", () =>
    Effect.gen(function* () {
      const error = yield* failureOf(vendor, {}, {}, "a-wrong-key")
      assertIs(error, "AuthenticationFailed")
      assert.notInclude(`${error.message} ${JSON.stringify(error)}`, "a-wrong-key")
    })
  )

  it.live("a redirect is refused: the key goes nowhere else", () =>
    Effect.gen(function* () {
      const elsewhere = yield* loopback(() => Promise.resolve(body("{}")))
      const instead = (): Reply => ({ status: 307, headers: { location: elsewhere.url } })
      assertIs(yield* failureOf(vendor, { instead }), "RequestRejected")
      assert.lengthOf(elsewhere.requests, 0)
    })
  )
})
