import { type DocumentScore, type Miss, summarizeScores, type Truth } from "../../packages/core/src/index.ts"
import type { FamilySet, MakerTier } from "../../packages/maker/src/index.ts"
import type { OcrEngine } from "../../packages/timegrid/src/index.ts"

/** A made document with how it was read. */
export interface ReadDocument {
  readonly tier: MakerTier
  readonly set: FamilySet
  /** Reads the page images. */
  readonly engine: OcrEngine
  readonly truth: Truth
  readonly score: DocumentScore
  readonly milliseconds: number
  readonly pages: number
}

const percent = (share: number | null): string => (share === null ? "–" : (100 * share).toFixed(1))

const tierNames: Readonly<Record<MakerTier, string>> = {
  pdf: "text PDF",
  docx: "Word",
  png: "screenshot",
  scan: "scan",
  photo: "photo"
}

/** Those that read page images; text needs none. */
const engineOf = ({ engine, tier }: ReadDocument): string =>
  tier === "pdf" || tier === "docx" ? "–" : engine === "ensemble" ? "both" : engine

/** A row a tier, set of families and engine, in Markdown; F1 are means over documents, in percent. */
export const accuracyTable = (documents: ReadonlyArray<ReadDocument>): string => {
  const groups = Map.groupBy(documents, (document) =>
    [tierNames[document.tier], document.set, engineOf(document)].join(" | ")
  )
  const rows = [...groups].map(([name, group]) => {
    const { blocks, macro, perfect } = summarizeScores(group.map(({ score }) => score))
    const pages = group.reduce((sum, document) => sum + document.pages, 0)
    const milliseconds = group.reduce((sum, document) => sum + document.milliseconds, 0)
    const figures = [macro.block, macro.strict, macro.time, perfect].map(percent)
    return `| ${name} | ${group.length} | ${blocks} | ${figures.join(" | ")} | ${(milliseconds / pages).toFixed(0)} |`
  })
  return [
    "| made as | families | engine | documents | blocks | block F1 | strict F1 | time F1 | perfect documents | ms a page |",
    "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows
  ].join("\n")
}

const clock = (minutes: number | null): string =>
  minutes === null ? "--:--" : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`

const missLine = ({ predicted, truth }: Miss): string => {
  const wanted = truth ? `${truth.day} ${truth.start ?? "--:--"}-${truth.end ?? "--:--"} ${truth.name}` : "nothing"
  const got = predicted
    ? `${predicted.day} ${clock(predicted.start)}-${clock(predicted.end)} ${predicted.name}`
    : "nothing"
  return `  wanted ${wanted}; got ${got}`
}

/** The misses of the `count` documents with the lowest block F1, worst first. */
export const missLines = (documents: ReadonlyArray<ReadDocument>, count: number): Array<string> =>
  documents
    .filter(({ score }) => score.block.f1 < 1)
    .toSorted((one, other) => one.score.block.f1 - other.score.block.f1)
    .slice(0, count)
    .flatMap(({ engine, score, truth }) => [
      `${truth.id} ${engine} ${percent(score.block.f1)} (${truth.traits.join(" ")})`,
      ...score.misses.map(missLine)
    ])
