import { CapabilityMissing, DocumentError, documentErrorCodes, EngineUnavailable, OcrError } from "@timegrid/core"
import { errorClassOf } from "@timegrid/core/pipeline"
import { expect, test } from "vitest"

test("a document's error is the input's fault, but for a time that ran out", () => {
  for (const code of documentErrorCodes)
    expect(errorClassOf(new DocumentError({ code, message: "" }))).toBe(
      code === "processing_timeout" ? "transient" : "invalid_input"
    )
})

test("an engine that cannot be reached may be tried again, one that cannot do it may not", () => {
  const ocrError = (reason: EngineUnavailable | CapabilityMissing) => new OcrError({ engine: "tesseract", reason })
  expect(errorClassOf(ocrError(new EngineUnavailable({ cause: null })))).toBe("transient")
  expect(errorClassOf(ocrError(new CapabilityMissing({ capability: "handwriting" })))).toBe("refused")
})

test.each([
  [{ code: "rate_limited" }, "rate_limited"],
  [{ code: "unavailable" }, "transient"],
  [{ code: "unavailable", isRetryable: false }, "refused"],
  [{ code: "timeout" }, "transient"],
  [{ code: "refused" }, "refused"],
  [{ code: "truncated" }, "refused"],
  [{ code: "schema_mismatch" }, "refused"],
  [{ code: "budget_exceeded" }, "budget"],
  [{ code: "cancelled" }, "cancelled"],
  [{ code: "of_ones_own", isRetryable: true }, "transient"],
  [{ code: "timeout", errorClass: "defect" }, "defect"],
  [{ errorClass: "no such class" }, "refused"],
  [new TypeError("x is undefined"), "refused"],
  [null, "refused"],
  ["text", "refused"]
] as const)("%j is %s", (error, errorClass) => {
  expect(errorClassOf(error)).toBe(errorClass)
})

test("what says nothing of itself is what the caller takes it for", () => {
  expect(errorClassOf(new TypeError("x is undefined"), "defect")).toBe("defect")
})
