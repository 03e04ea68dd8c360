import {
  type DocumentRow,
  type EvaluatedGroup,
  type EvaluatedMiss,
  type EvaluationReport,
  printable,
  type RiskCoverage
} from "@timegrid/core"

/** The line above the rows of {@link rowText}. */
export const rowsHeader = "F1 %: block strict   time   confidence  document (true blocks) traits\n"

/** One line for a document and, where asked for, one for each of its misses. */
export const rowText = (
  row: DocumentRow & { readonly misses: ReadonlyArray<EvaluatedMiss> },
  verbose: boolean
): string => {
  const { block, confidence, failure, id, misses, strict, time, traits, trueBlocks } = row
  const scores = [block.f1, strict.f1, time.f1].map((share) => percent(share)).join("")
  const unread = failure === null ? "" : `, ${failure.code}`
  const line = `     ${scores}   ${confidenceText(confidence)}  ${printable(id)} (${trueBlocks}${unread}) ${printable(traits.join(" "))}`
  return [line, ...(verbose ? misses.map((miss) => `         ${missText(miss)}`) : [])]
    .map((each) => `${each}\n`)
    .join("")
}

/** Everything that a report says beside the rows of its documents. */
export const reportText = (report: EvaluationReport): string =>
  [
    groupsText(report),
    riskText(report.riskCoverage),
    calibrationText(report.calibration),
    groundingText(report.grounding),
    worstText(report.worst)
  ]
    .map((section) => `\n${section.join("\n")}\n`)
    .join("")

type Lines = ReadonlyArray<string>

const groupsText = ({ all, kinds, tiers, traits }: EvaluationReport): Lines => [
  "                      macro F1 %            micro F1 %          perfect  accepted  calibration",
  "  documents blocks  block strict   time  block strict   time        %   %  (F1 %)   error %",
  groupLine("all", all),
  ...titled("kind", kinds),
  ...titled("tier", tiers),
  ...titled("trait", traits)
]

const titled = (title: string, groups: Readonly<Record<string, EvaluatedGroup>>): Lines => [
  `by ${title}`,
  ...Object.entries(groups).map(([name, group]) => groupLine(name, group))
]

const groupLine = (
  name: string,
  { accepted, blocks, calibrationError, documents, macro, micro, perfect }: EvaluatedGroup
): string =>
  [
    `${documents}`.padStart(11),
    `${blocks}`.padStart(7),
    ...[macro.block, macro.strict, macro.time].map((share) => percent(share)),
    ...[micro.block.f1, micro.strict.f1, micro.time.f1].map((share) => percent(share)),
    "  ",
    percent(perfect),
    percent(accepted.share),
    ` (${percent(accepted.block).trim()})`.padEnd(9),
    percent(calibrationError),
    `  ${printable(name)}`
  ].join("")

const riskText = ({ blocks, documents }: EvaluationReport["riskCoverage"]): Lines => [
  `Risk against coverage: how much could be accepted, the most confident first, and how many of those blocks are wrong`,
  ...itemsRisk("blocks", blocks),
  ...itemsRisk("documents", documents)
]

const itemsRisk = (name: string, { areaUnderCurve, atRisk, atThreshold, curve, items }: RiskCoverage): Lines => [
  `  ${items} ${name}`,
  ...atRisk.map(
    ({ coverage, mostRisk, threshold }) =>
      `    at most ${percent(mostRisk).trim()} % wrong: ${percent(coverage)} % accepted, from confidence ${confidenceText(threshold).trim()}`
  ),
  `    from confidence ${atThreshold.threshold}: ${percent(atThreshold.coverage)} % accepted, ${percent(atThreshold.risk).trim()} % of those blocks wrong`,
  `    area under the curve ${areaUnderCurve === null ? "–" : areaUnderCurve.toFixed(4)}; wrong at each tenth of coverage:${curve.map(({ risk }) => percent(risk)).join("")}`
]

const calibrationText = ({ bins, error }: EvaluationReport["calibration"]): Lines => [
  `Calibration: expected error ${percent(error).trim()} % over blocks, in bins of equal mass`,
  "  blocks   confidence       mean   right %",
  ...bins.map(
    ({ blocks, greatest, least, mean, right }) =>
      `${`${blocks}`.padStart(8)}  ${confidenceText(least)}–${confidenceText(greatest)}  ${confidenceText(mean)}   ${percent(right)}`
  )
]

const groundingText = (grounding: EvaluationReport["grounding"]): Lines => {
  if (grounding === null) return ["Grounding: no prediction carries evidence"]
  const { examples, fields, share } = grounding
  return [
    `Grounding: ${percent(share, 2).trim()} % of fields follow from their words, or by rule from their neighbours`,
    "           printed inferred  neither   share %",
    ...Object.entries(fields).map(([field, counts]) =>
      [
        `  ${field}`.padEnd(9),
        ...[counts.printed, counts.inferred, counts.ungrounded].map((count) => `${count}`.padStart(9)),
        `   ${percent(counts.share, 2)}`
      ].join("")
    ),
    ...examples
      .slice(0, 10)
      .map(
        ({ document, field, rule, value, words }) =>
          `  ${printable(`${document}: ${field} "${value}" from "${words}" by ${rule}`)}`
      )
  ]
}

const worstText = ({ blocks, documents }: EvaluationReport["worst"]): Lines => [
  "Worst documents",
  ...documents.flatMap(({ block, document, misses }) => [
    `  ${percent(block)}  ${printable(document)}`,
    ...misses.map((miss) => `           ${missText(miss)}`)
  ]),
  "Wrong blocks that were thought right",
  ...blocks.map(
    ({ document, ...miss }) => `  ${confidenceText(miss.confidence)}  ${printable(document)}: ${missText(miss)}`
  )
]

const missText = ({ got, wanted }: EvaluatedMiss): string =>
  printable(`wanted ${wanted ?? "nothing"}; got ${got ?? "nothing"}`)

const percent = (share: number | null, decimals = 1): string =>
  (share === null ? "–" : (100 * share).toFixed(decimals)).padStart(7)

const confidenceText = (confidence: number | null): string =>
  (confidence === null ? "–" : confidence.toFixed(2)).padStart(6)
