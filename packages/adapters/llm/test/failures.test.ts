import { inflateSync } from "node:zlib"
import { assert, describe, it } from "@effect/vitest"
import { APICallError, LoadAPIKeyError } from "ai"
import { Effect } from "effect"
import { AiSdkLlm, modelFromName } from "../src/index.ts"
import { encodePng } from "../src/png.ts"
import { serviceFailureOf } from "../src/serviceFailure.ts"

const now = Date.parse("2026-03-02T09:00:00Z")

const answered = (statusCode: number | undefined, responseHeaders: Record<string, string> = {}, responseBody = "") =>
  new APICallError({
    message: "no",
    url: "http://127.0.0.1",
    requestBodyValues: {},
    responseHeaders,
    responseBody,
    ...(statusCode === undefined ? {} : { statusCode })
  })

const tagOf = (error: unknown) => serviceFailureOf(error, now)._tag

const waitOf = (error: unknown) => {
  const failure = serviceFailureOf(error, now)
  return "retryAfterMs" in failure ? failure.retryAfterMs : undefined
}

describe("serviceFailureOf", () => {
  it.each([
    [400, "RequestRejected"],
    [401, "AuthenticationFailed"],
    [402, "QuotaExhausted"],
    [403, "AuthenticationFailed"],
    [404, "RequestRejected"],
    [408, "ServiceTimedOut"],
    [409, "ServiceUnavailable"],
    [413, "RequestRejected"],
    [422, "RequestRejected"],
    [429, "RateLimited"],
    [500, "ServiceUnavailable"],
    [503, "ServiceUnavailable"],
    [504, "ServiceTimedOut"],
    [529, "ServiceUnavailable"],
    [undefined, "ServiceUnavailable"]
  ])("status %s is %s", (status, tag) => {
    assert.strictEqual(tagOf(answered(status)), tag)
  })

  it("waits as long as the service asks: in seconds, milliseconds, until a date, or in Google's body", () => {
    assert.strictEqual(waitOf(answered(429, { "retry-after": "7" })), 7_000)
    assert.strictEqual(waitOf(answered(429, { "retry-after-ms": "1500", "retry-after": "2" })), 1_500)
    assert.strictEqual(waitOf(answered(503, { "retry-after": "Mon, 02 Mar 2026 09:00:30 GMT" })), 30_000)
    assert.strictEqual(waitOf(answered(429, {}, '{"error":{"details":[{"retryDelay":"34.5s"}]}}')), 34_500)
    assert.isUndefined(waitOf(answered(429)))
  })

  it("tells an empty account from one that is asked to wait", () => {
    assert.strictEqual(tagOf(answered(429, {}, '{"error":{"code":"insufficient_quota"}}')), "QuotaExhausted")
    assert.strictEqual(tagOf(answered(400, {}, "Your credit balance is too low")), "QuotaExhausted")
  })

  it("takes a missing key for what it is, and whatever else is thrown for a service out of reach", () => {
    assert.strictEqual(tagOf(new LoadAPIKeyError({ message: "no key" })), "AuthenticationFailed")
    for (const thrown of [new TypeError("terminated"), "text", null, { statusCode: 529 }, { self: 1n }]) {
      assert.strictEqual(tagOf(thrown), "ServiceUnavailable")
    }
  })
})

describe("modelFromName", () => {
  it.effect.each(["anthropic:claude-haiku-4-5", "openai:gpt-5-mini", "google:gemini-2.5-flash", "ollama:qwen3-vl:8b"])(
    "%s is a model of that engine",
    (name) =>
      Effect.gen(function* () {
        assert.strictEqual(AiSdkLlm.make(yield* modelFromName(name, { apiKey: "a key" })).engine, name)
      })
  )

  it.effect.each(["claude", "anthropic:", ":model", "anthropc:claude", "toString:x", "openai-compatible:x"])(
    "%s fails with a sentence that says what is missing",
    (name) =>
      Effect.gen(function* () {
        const error = yield* Effect.flip(modelFromName(name))
        assert.match(error.message, /PROVIDER is one of anthropic, openai, google, ollama|needs a base URL/)
      })
  )
})

describe("encodePng", () => {
  it("keeps every pixel, gray and in colour", () => {
    for (const channels of [1, 3] as const) {
      const [widthPx, heightPx] = [7, 5]
      const data = Uint8Array.from({ length: widthPx * heightPx * channels }, (_, index) => (index * 37) % 256)
      const file = Buffer.from(encodePng({ pageNumber: 1, widthPx, heightPx, channels, data }))
      const body = file.indexOf("IDAT") + 4
      const lines = inflateSync(file.subarray(body, body + file.readUInt32BE(body - 8)))
      const rowBytes = widthPx * channels
      const pixels = new Uint8Array(data.length)
      for (let row = 0; row < heightPx; row++) {
        assert.strictEqual(lines[row * (rowBytes + 1)], 2)
        for (let at = 0; at < rowBytes; at++) {
          const above = row === 0 ? 0 : pixels[(row - 1) * rowBytes + at]!
          pixels[row * rowBytes + at] = lines[row * (rowBytes + 1) + 1 + at]! + above
        }
      }
      assert.deepStrictEqual(pixels, data)
      assert.deepStrictEqual(
        [file.readUInt32BE(16), file.readUInt32BE(20), file[25]],
        [widthPx, heightPx, channels === 1 ? 0 : 2]
      )
    }
  })
})
