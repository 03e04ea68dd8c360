import { assert, describe, it } from "@effect/vitest"
import {
  AuthenticationFailed,
  EngineUnavailable,
  OcrError,
  type OcrErrorReason,
  QuotaExhausted,
  RateLimited,
  RequestRejected,
  ResponseMalformed,
  ResponseTooLarge,
  retryAfterMsOf,
  ServiceTimedOut,
  ServiceUnavailable,
  UnreadableImage
} from "@timegrid/core"
import * as fc from "fast-check"
import { type ErrorClass, errorClassOf, retryAfterOf } from "../../src/pipeline/errorClass.ts"

const cause = "as it was"
const errorOf = (reason: OcrErrorReason) => new OcrError({ engine: "e@1", reason })

describe("the reason of a failed call", () => {
  const expected: ReadonlyArray<readonly [OcrErrorReason, string, ErrorClass]> = [
    [new RateLimited({ cause }), "rate_limited", "rate_limited"],
    [new EngineUnavailable({ cause }), "unavailable", "transient"],
    [new ServiceUnavailable({ cause }), "unavailable", "transient"],
    [new ServiceTimedOut({ cause }), "timeout", "transient"],
    [new AuthenticationFailed({ cause }), "refused", "refused"],
    [new QuotaExhausted({ cause }), "budget_exceeded", "budget"],
    [new RequestRejected({ cause }), "refused", "refused"],
    [new ResponseMalformed({ cause }), "schema_mismatch", "refused"],
    [new ResponseTooLarge({ limitBytes: 5 }), "refused", "refused"],
    [new UnreadableImage({ cause }), "refused", "refused"]
  ]
  it.each(expected)("%s has a stable code and a class that says whether to call again", (reason, code, errorClass) => {
    const error = errorOf(reason)
    assert.strictEqual(error.code, code)
    assert.strictEqual(errorClassOf(error), errorClass)
    assert.strictEqual(error.isRetryable, errorClass === "transient" || errorClass === "rate_limited")
    assert.include(error.message, reason._tag)
  })

  it.each([new RateLimited({ retryAfterMs: 1_500, cause }), new ServiceUnavailable({ retryAfterMs: 1_500, cause })])(
    "tells the engine how long the server asked to wait",
    (reason) => {
      assert.strictEqual(retryAfterOf(errorOf(reason)), 1_500)
    }
  )

  it("tells the engine of no wait where the server asked for none", () => {
    assert.isNull(retryAfterOf(errorOf(new RateLimited({ cause }))))
  })
})

describe("a Retry-After header", () => {
  const now = Date.UTC(2026, 8, 1, 12)

  it("in seconds is that long", () => {
    fc.assert(fc.property(fc.nat(), (seconds) => retryAfterMsOf(` ${seconds} `, now) === seconds * 1_000))
  })

  it("with a date lasts until then, and not at all where that has passed", () => {
    const inFuture = fc.integer({ min: -1_000, max: 100_000 })
    fc.assert(
      fc.property(inFuture, (seconds) => {
        const header = new Date(now + seconds * 1_000).toUTCString()
        return retryAfterMsOf(header, now) === Math.max(0, seconds * 1_000)
      })
    )
  })

  it.each([null, undefined, "", "soon", "-5", "1e9", "NaN"])("that says nothing is none: %s", (header) => {
    assert.isNull(retryAfterMsOf(header, now))
  })
})
