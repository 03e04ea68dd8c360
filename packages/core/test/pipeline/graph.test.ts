import { firstThat, pipeline, review, stage, toMermaid } from "@timegrid/core/pipeline"
import { describe, expect, test } from "vitest"
import * as z from "zod"
import { step } from "./stages.ts"

const number = z.number()
const graph = pipeline("graph", { one: number })
  .use(step("classification", "one", "kind"))
  .use(step("beside", "one", "side"))
  .use(
    firstThat(
      "read",
      [step("ocr", "kind", "words", undefined, { tier: "tesseract" }), step("cloud", "kind", "words")],
      {
        score: () => 1,
        atLeast: 1
      }
    )
  )
  .use(
    stage({
      name: "join",
      version: "2",
      needs: { words: number, side: number },
      gives: { blocks: number },
      cost: "metered",
      run: () => ({ blocks: 1 })
    })
  )
  .use(review({ of: "blocks", gives: "approved", schema: number, when: () => false }))
  .explain()

describe("the graph of a pipeline", () => {
  test("says what each stage needs and gives, and after whom it runs", () => {
    expect(graph.inputs).toEqual(["one"])
    expect(
      graph.stages.map(({ after, cost, gives, kind, needs, path }) => ({ path, kind, cost, needs, gives, after }))
    ).toEqual([
      { path: "classification", kind: "task", cost: "free", needs: ["one"], gives: ["kind"], after: [] },
      { path: "beside", kind: "task", cost: "free", needs: ["one"], gives: ["side"], after: [] },
      { path: "read", kind: "ladder", cost: "free", needs: ["kind"], gives: ["words"], after: ["classification"] },
      {
        path: "join",
        kind: "task",
        cost: "metered",
        needs: ["words", "side"],
        gives: ["blocks"],
        after: ["read", "beside"]
      },
      { path: "review", kind: "review", cost: "free", needs: ["blocks"], gives: ["approved"], after: ["join"] }
    ])
  })

  test("is plain data", () => {
    expect(JSON.parse(JSON.stringify(graph))).toEqual(graph)
  })

  test("gives the stages inside others their paths, and each the job stage it belongs to", () => {
    const [, , read] = graph.stages
    expect(read?.inner.map(({ jobStage, path, rowName, tier }) => ({ path, jobStage, rowName, tier }))).toEqual([
      { path: "read/ocr", jobStage: "ocr", rowName: "ocr", tier: "tesseract" },
      { path: "read/cloud", jobStage: "ocr", rowName: "cloud", tier: null }
    ])
    expect(graph.stages.map(({ jobStage }) => jobStage)).toEqual([
      "classification",
      "classification",
      "classification",
      "classification",
      "review"
    ])
  })

  test("tells a stage's version from those of the stages inside it", () => {
    const ladderOf = (version: string) =>
      firstThat("read", [step("ocr", "one", "two", undefined, { version })], { score: () => 1, atLeast: 1 }).version
    expect(ladderOf("1")).not.toBe(ladderOf("2"))
  })

  test("is drawn with artifacts on its arrows and reviews with round ends", () => {
    expect(toMermaid(graph).split("\n")).toEqual(
      expect.arrayContaining([
        '  input_one[/"one"/]',
        '  classification["classification"]',
        '  subgraph read ["read: ladder"]',
        '    read_2focr["ocr"]',
        '  join["join ($)"]',
        '  review(["review"])',
        '  input_one -- "one" --> classification',
        '  read -- "words" --> join',
        '  beside -- "side" --> join'
      ])
    )
  })

  test("has no stage whose name reads like a path", () => {
    expect(() => step("read/ocr", "one", "two")).toThrow(TypeError)
  })
})
