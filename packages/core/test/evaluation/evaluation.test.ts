import { assert, describe, it } from "@effect/vitest"
import { type EvaluatedDocument, EvaluationReport, makeEvaluation, noPrediction, type Truth } from "@timegrid/core"
import * as fc from "fast-check"
import { perfectPrediction, readDocument, truth } from "./arbitraries.ts"
import { extraction } from "./extractions.ts"

const reportOf = (documents: ReadonlyArray<EvaluatedDocument>, verbose = false): EvaluationReport => {
  const evaluation = makeEvaluation({ verbose })
  for (const document of documents) evaluation.add(document)
  return evaluation.report()
}

const maths: Truth = {
  id: "week",
  file: "week.pdf",
  kind: "pdf",
  traits: ["ruled", "24h"],
  meta: {},
  blocks: [
    { day: "Monday", start: "09:00", end: "10:00", name: "Maths" },
    { day: "Monday", start: "10:00", end: "11:00", name: "Music" }
  ]
}

describe("makeEvaluation", () => {
  it("finds a perfect reader perfect everywhere", () => {
    // What has several right readings is pinned in the tests of the score.
    const plain = truth.map((labels) => ({
      ...labels,
      blocks: labels.blocks
        .filter(
          (block, index, all) =>
            !block.optional && all.findIndex(({ day, start }) => day === block.day && start === block.start) === index
        )
        .map(({ period, ...block }) => ({ ...block, period: block.start === null ? null : period }))
    }))
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 4 }), (all) => {
        const report = reportOf(all.map((labels) => ({ truth: labels, prediction: perfectPrediction(labels) })))
        const groups = [report.all, ...[report.kinds, report.tiers, report.traits].flatMap(Object.values)]
        for (const group of groups) {
          assert.deepStrictEqual(group.macro, { time: 1, block: 1, strict: 1 })
          const full = { precision: 1, recall: 1, f1: 1 }
          assert.deepStrictEqual(group.micro, { time: full, block: full, strict: full })
          assert.deepStrictEqual([group.perfect, group.accepted.share, group.calibrationError ?? 0], [1, 1, 0])
        }
        assert.deepStrictEqual([report.worst.documents, report.worst.blocks], [[], []])
        const { blocks, documents } = report.riskCoverage
        assert.deepStrictEqual([blocks.areaUnderCurve ?? 0, documents.areaUnderCurve ?? 0], [0, 0])
      })
    )
  })

  it("does not depend on the order of the blocks", () => {
    // Where periods are told by the order in the day, or a lesson stands there twice, the order does matter.
    const settled = readDocument.filter(
      ({ truth: { blocks } }) =>
        blocks.every(({ optional, start }) => start !== null && !optional) &&
        new Set(blocks.map(({ day, start }) => `${day} ${start}`)).size === blocks.length
    )
    fc.assert(
      fc.property(settled, ({ prediction, truth: labels }) => {
        const blocks = prediction.blocks.map((block) => ({ ...block, confidence: 90 }))
        const [one, other] = [blocks, blocks.toReversed()].map((read) => {
          const { documents, riskCoverage, ...report } = reportOf([
            { truth: labels, prediction: { ...prediction, blocks: read } }
          ])
          return { ...report, right: documents.map(({ right }) => right), worst: report.worst.blocks.length }
        })
        assert.deepStrictEqual(one, other)
      })
    )
  })

  it("counts every predicted block once, as right or as wrong", () => {
    fc.assert(
      fc.property(readDocument, (document) => {
        const { documents, riskCoverage } = reportOf([document])
        const [row] = documents
        const { curve, items } = riskCoverage.blocks
        assert.strictEqual(items, row?.predictedBlocks)
        if (curve.length === 10) {
          assert.closeTo(curve.at(-1)!.risk, 1 - row!.block.precision, 1e-9)
        }
      })
    )
  })

  it("reports in the published shape, through JSON and back", () => {
    fc.assert(
      fc.property(fc.array(readDocument, { maxLength: 4 }), fc.boolean(), (documents, verbose) => {
        const report = reportOf(documents, verbose)
        assert.deepStrictEqual(EvaluationReport.parse(JSON.parse(JSON.stringify(report))), report)
      })
    )
  })

  it("groups by kind, tier and trait, a document in each of its traits", () => {
    const { kinds, tiers, traits } = reportOf([
      { truth: maths, prediction: perfectPrediction(maths), extraction: extraction({ timeblocks: [{}] }) },
      { truth: { ...maths, kind: "png", traits: ["ruled"] } }
    ])
    const documents = (groups: EvaluationReport["kinds"]) =>
      Object.entries(groups).map(([name, group]) => [name, group.documents])
    assert.deepStrictEqual(documents(kinds), [
      ["pdf", 1],
      ["png", 1]
    ])
    assert.deepStrictEqual(documents(tiers), [
      ["native", 1],
      ["none", 1]
    ])
    assert.deepStrictEqual(documents(traits), [
      ["24h", 1],
      ["ruled", 2]
    ])
    assert.deepStrictEqual([traits["24h"]?.macro.block, traits.ruled?.macro.block], [1, 0.5])
  })

  it("takes a document that could not be read for one on which nothing was found", () => {
    const failure = { code: "corrupt_file", message: "The file is broken." }
    const { all, documents } = reportOf([{ truth: maths, failure }])
    assert.deepStrictEqual([documents[0]?.failure, documents[0]?.block.f1], [failure, 0])
    assert.deepStrictEqual(all, reportOf([{ truth: maths, prediction: noPrediction }]).all)
  })

  it("names the documents read worst and the wrong blocks that were thought right", () => {
    const { blocks } = perfectPrediction(maths, 99)
    const music = { ...blocks[1]!, name: "Mosaic", confidence: 97 }
    const { documents, worst } = reportOf([
      { truth: { ...maths, id: "half" }, prediction: { confidence: 98, blocks: [blocks[0]!, music] } },
      { truth: { ...maths, id: "none" } },
      { truth: maths, prediction: { confidence: 99, blocks } }
    ])
    assert.deepStrictEqual(
      worst.documents.map(({ block, document }) => [document, block]),
      [
        ["none", 0],
        ["half", 0.5]
      ]
    )
    const miss = { wanted: "Monday 10:00–11:00 Music", got: "Monday 10:00–11:00 Mosaic", confidence: 97 }
    assert.deepStrictEqual(worst.blocks, [{ document: "half", ...miss }])
    assert.isFalse(documents.some((row) => "misses" in row))
  })

  it("keeps every miss where it is asked to", () => {
    const [row] = reportOf([{ truth: maths }], true).documents
    assert.deepStrictEqual(row?.misses, [
      { wanted: "Monday 09:00–10:00 Maths", got: null, confidence: null },
      { wanted: "Monday 10:00–11:00 Music", got: null, confidence: null }
    ])
  })
})
