import { expect, it } from "vitest"
import { loadModels } from "../src/models.ts"
import { openModel } from "../src/sessions.ts"

it("lends what a model gives for a moment, and then gives its memory back", async () => {
  const { recognitionPath } = await loadModels()
  const infer = openModel(recognitionPath)(new AbortController().signal)
  const shape = [1, 3, 48, 160]
  const lent = await infer(new Float32Array(3 * 48 * 160), shape, (output) => ({ output, length: output.length }))
  expect(lent.length).toBeGreaterThan(0)
  expect(lent.output.length).toBe(0)
})
