import { execFileSync } from "node:child_process"
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, it } from "@effect/vitest"
import { decodePrediction, makeEvaluation, type PredictedBlock, type Prediction, Truth } from "@timegrid/core"
import * as fc from "fast-check"
import { readDocument } from "./arbitraries.ts"

const reference = fileURLToPath(new URL("./fixtures/referenceScore.mjs", import.meta.url))

const clock = (minutes: number | null): string | null =>
  minutes === null
    ? null
    : `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`

const blockJson = ({ day, end, start, ...block }: PredictedBlock) => ({
  ...block,
  dayOfWeek: day,
  startTime: clock(start),
  endTime: clock(end)
})

const predictionJson = ({ blocks, confidence }: Prediction) => ({ confidence, timeblocks: blocks.map(blockJson) })

it("gives the numbers of a scorer that was written apart from it, for readers with faults of every kind", async () => {
  const documents = fc.sample(readDocument, { numRuns: 300, seed: 20_251 })
  const folder = await mkdtemp(join(tmpdir(), "timegrid-scores-"))
  try {
    const [truths, predictions] = [join(folder, "truth"), join(folder, "predictions")]
    await Promise.all([truths, predictions].map((path) => mkdir(path)))
    const evaluation = makeEvaluation()
    for (const [index, document] of documents.entries()) {
      const name = `${String(index).padStart(3, "0")}.json`
      const truth = { ...document.truth, id: name }
      const prediction = predictionJson(document.prediction)
      await writeFile(join(truths, name), JSON.stringify(truth))
      // A file of predictions that is missing counts as one without blocks.
      const isMissing = index % 25 === 0
      if (!isMissing) await writeFile(join(predictions, name), JSON.stringify(prediction))
      evaluation.add({ truth: Truth.parse(truth), ...(isMissing ? {} : decodePrediction(prediction)) })
    }
    const expected = JSON.parse(
      execFileSync(process.execPath, [reference, truths, predictions, "--json"], { encoding: "utf8" })
    )
    const { all, documents: rows } = evaluation.report()
    const { accepted, calibrationError: _, ...figures } = all
    assert.deepStrictEqual(
      { ...figures, accepted: { share: accepted.share, block: accepted.block } },
      { ...figuresOf(expected), accepted: expected.accepted }
    )
    assert.deepStrictEqual(
      rows.map(({ block, confidence, id, strict, text, time }) => ({ block, confidence, id, strict, text, time })),
      expected.rows.map(rowOf)
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** What the reference prints, but for what only one of the two has. */
const figuresOf = ({ blocks, documents, macro, micro, perfect }: Record<string, unknown>) => ({
  blocks,
  documents,
  macro,
  micro,
  perfect
})

const rowOf = ({ block, confidence, id, strict, text, time }: Record<string, unknown>) => ({
  block,
  confidence,
  id,
  strict,
  text,
  time
})
