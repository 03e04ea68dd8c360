import { assert, describe, it } from "@effect/vitest"
import { OcrProvider } from "@timegrid/core"
import { lineOfText } from "@timegrid/testing"
import { Config, ConfigProvider, Effect, Redacted } from "effect"
import { AzureOcr } from "../src/azure/index.ts"
import { azure } from "./servers/azure.ts"
import { json, loopback, type Reply } from "./servers/loopback.ts"
import { rightKey, serve } from "./servers/Vendor.ts"

const read = OcrProvider.use((ocr) => ocr.recognize(lineOfText.image))

/** What a call ends with where the service answers the request for an analysis, and then that for its result, so. */
const failureWith = (accept: (url: string) => Reply, result: Reply = json(500, {})) =>
  Effect.gen(function* () {
    let url = ""
    const service = yield* loopback(({ method }) => Promise.resolve(method === "POST" ? accept(url) : result))
    url = service.url
    return yield* read.pipe(Effect.provide(azure.layer(url)), Effect.flip)
  })

const accepted = (location: string): Reply => ({
  status: 202,
  headers: { "operation-location": location, "retry-after": "0" }
})

const errorOf = (code: string, inner?: string) => ({
  error: { code, message: "no", ...(inner !== undefined && { innererror: { code: inner, message: "inner" } }) }
})

describe("AzureOcr", () => {
  it.live("hands on the wait that is asked for when the analysis is turned away", () =>
    Effect.gen(function* () {
      const { reason } = yield* failureWith(() => json(429, errorOf("429"), { "retry-after": "3" }))
      assert.deepInclude(reason, { _tag: "RateLimited", retryAfterMs: 3_000 })
    })
  )

  it.live("takes an image that the service cannot read for unreadable, whenever it says so", () =>
    Effect.gen(function* () {
      const atOnce = yield* failureWith(() => json(400, errorOf("InvalidRequest", "InvalidContent")))
      assert.strictEqual(atOnce.reason._tag, "UnreadableImage")
      const failed = { status: "failed", ...errorOf("InvalidRequest", "InvalidContentDimensions") }
      const later = yield* failureWith((url) => accepted(`${url}/result`), json(200, failed))
      assert.strictEqual(later.reason._tag, "UnreadableImage")
    })
  )

  it.live.each([
    ["InternalServerError", "ServiceUnavailable"],
    ["InvalidRequest", "RequestRejected"]
  ] as const)("takes an analysis that failed with %s for %s", ([code, tag]) =>
    Effect.gen(function* () {
      const failed = json(200, { status: "failed", ...errorOf(code) })
      const error = yield* failureWith((url) => accepted(`${url}/result`), failed)
      assert.strictEqual(error.reason._tag, tag)
      assert.include(error.message, code)
    })
  )

  it.live("fetches the result nowhere but at its endpoint", () =>
    Effect.gen(function* () {
      const elsewhere = yield* loopback(() => Promise.resolve(json(200, {})))
      for (const location of [elsewhere.url, "not a place", ""]) {
        const error = yield* failureWith(() => accepted(location))
        assert.strictEqual(error.reason._tag, "ResponseMalformed")
      }
      assert.lengthOf(elsewhere.requests, 0)
    })
  )

  it.live("asks for a result more slowly when it is told to, and not for another analysis", () =>
    Effect.gen(function* () {
      const blank = { pages: [{ pageNumber: 1, width: 1, height: 1 }] }
      const results = [
        json(429, errorOf("429"), { "retry-after": "0" }),
        json(200, { status: "succeeded", analyzeResult: blank })
      ]
      let url = ""
      const service = yield* loopback(({ method }) =>
        Promise.resolve((method === "POST" ? null : results.shift()) ?? accepted(`${url}/result`))
      )
      url = service.url
      assert.deepStrictEqual(yield* Effect.provide(read, azure.layer(url)), [])
      assert.deepStrictEqual(
        service.requests.map(({ method }) => method),
        ["POST", "GET", "GET"]
      )
    })
  )

  it.live("gives up an analysis that never ends", () =>
    Effect.gen(function* () {
      const { url } = yield* serve(azure, { instead: () => json(200, { status: "running" }, { "retry-after": "0" }) })
      const error = yield* read.pipe(Effect.provide(azure.layer(url, { timeout: "200 millis" })), Effect.flip)
      assert.strictEqual(error.reason._tag, "ServiceTimedOut")
    })
  )

  it.live("asks a function for its token, and says so where that fails", () =>
    Effect.gen(function* () {
      const service = yield* loopback(() => Promise.resolve(json(401, errorOf("401"))))
      const asking = (accessToken: () => Promise<string>) =>
        read.pipe(Effect.provide(AzureOcr.layer({ endpoint: service.url, accessToken })), Effect.flip)
      assert.strictEqual((yield* asking(() => Promise.resolve("t0ken"))).reason._tag, "AuthenticationFailed")
      assert.strictEqual(service.requests[0]?.headers.authorization, "Bearer t0ken")
      const refused = yield* asking(() => Promise.reject(new Error("signed out")))
      assert.deepStrictEqual([refused.reason._tag, service.requests.length], ["AuthenticationFailed", 1])
    })
  )

  it.live("asks nobody without a key", () =>
    Effect.gen(function* () {
      const error = yield* read.pipe(Effect.provide(AzureOcr.layer({ endpoint: "http://127.0.0.1:9" })), Effect.flip)
      assert.strictEqual(error.reason._tag, "AuthenticationFailed")
    })
  )

  it.live("is configured from the environment as from values", () =>
    Effect.gen(function* () {
      const { url } = yield* serve(azure)
      const layer = AzureOcr.layerConfig({
        endpoint: Config.String("AZURE_ENDPOINT"),
        apiKey: Config.Redacted("AZURE_KEY")
      })
      const environment = ConfigProvider.fromEnv({ env: { AZURE_ENDPOINT: url, AZURE_KEY: rightKey } })
      const words = yield* read.pipe(
        Effect.provide(layer),
        Effect.provideService(ConfigProvider.ConfigProvider, environment)
      )
      assert.lengthOf(words, lineOfText.words.length)
    })
  )

  it("makes out no tables with the model that only reads", () => {
    const { layer } = AzureOcr
    const options = { endpoint: "http://127.0.0.1:9", apiKey: Redacted.make(rightKey) }
    const tablesOf = (model: "prebuilt-layout" | "prebuilt-read") =>
      Effect.runSync(Effect.provide(OcrProvider, layer({ ...options, model }))).recognizePage
    assert.isDefined(tablesOf("prebuilt-layout"))
    assert.isUndefined(tablesOf("prebuilt-read"))
  })
})
