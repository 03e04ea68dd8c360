import { expect, test } from "vitest"
import { EngineNotInstalled, EngineUnavailable, OcrError } from "../../src/index.ts"

test("an engine that is not there says how to get it, and is not tried again", () => {
  const error = new OcrError({ engine: "paddle", reason: new EngineNotInstalled({ packageName: "@timegrid/paddle" }) })
  expect(error.message).toBe("paddle: EngineNotInstalled: npm install @timegrid/paddle")
  expect(error).toMatchObject({ code: "refused", isRetryable: false })
})

test("an engine that cannot run is named, and may be tried again", () => {
  const error = new OcrError({ engine: "paddle", reason: new EngineUnavailable({ cause: "no library" }) })
  expect(error.message).toBe("paddle: EngineUnavailable: no library")
  expect(error).toMatchObject({ code: "unavailable", isRetryable: true })
})
