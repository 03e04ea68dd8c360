import {
  type DocumentRow,
  type EvaluatedGroup,
  type EvaluatedMiss,
  type EvaluationReport,
  printable,
  type RiskCoverage
} from "@timegrid/core"

const columnWidth = 9

const columns = (cells: ReadonlyArray<string>): string => cells.map((cell) => cell.padStart(columnWidth)).join("")

/** The lines above the rows of {@link rowText}. */
export const rowsHeader = `${columns(["F1 %"])}
${columns(["block", "strict", "time", "conf."])}  document (blocks of its truth), traits
`

/** One line for a document and, where asked for, one for each of its misses. */
export const rowText = (
  row: DocumentRow & { readonly misses: ReadonlyArray<EvaluatedMiss> },
  verbose: boolean
): string => {
  const { block, confidence, failure, id, misses, strict, time, traits, trueBlocks } = row
  const figures = [percent(block.f1), percent(strict.f1), percent(time.f1), confidenceText(confidence)]
  const unread = failure === null ? "" : `, ${failure.code}`
  const line = `${columns(figures)}  ${printable(id)} (${trueBlocks}${unread}) ${printable(traits.join(" "))}`
  return `${[line, ...(verbose ? missLines(misses) : [])].join("\n")}\n`
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
  columns(["", "", "macro", "F1 %", "", "micro", "F1 %", "", "all", "accepted", "", "calibr."]),
  columns([
    "docs",
    "blocks",
    ...["block", "strict", "time", "block", "strict", "time"],
    "right %",
    `at ${all.accepted.threshold} %`,
    "F1 %",
    "error %"
  ]),
  groupLine("all", all),
  ...groupLines("kind", kinds),
  ...groupLines("tier", tiers),
  ...groupLines("trait", traits)
]

const groupLines = (title: string, groups: Readonly<Record<string, EvaluatedGroup>>): Lines => [
  `by ${title}`,
  ...Object.entries(groups).map(([name, group]) => groupLine(name, group))
]

const groupLine = (
  name: string,
  { accepted, blocks, calibrationError, documents, macro, micro, perfect }: EvaluatedGroup
): string => {
  const shares = [
    ...[macro.block, macro.strict, macro.time],
    ...[micro.block.f1, micro.strict.f1, micro.time.f1],
    ...[perfect, accepted.share, accepted.block, calibrationError]
  ]
  const figures = [`${documents}`, `${blocks}`, ...shares.map((share) => percent(share))]
  return `${columns(figures)}  ${printable(name)}`
}

const riskText = ({ blocks, documents }: EvaluationReport["riskCoverage"]): Lines => [
  "Risk against coverage: what could be accepted, the most confident first, and how many of those blocks are wrong",
  ...riskLines("blocks", blocks),
  ...riskLines("documents", documents)
]

const riskLines = (name: string, { areaUnderCurve, atRisk, atThreshold, curve, items }: RiskCoverage): Lines => [
  `  of ${items} ${name}, wrong blocks among the accepted:`,
  ...atRisk.map(
    ({ coverage, mostRisk, threshold }) =>
      `    at most ${percent(mostRisk)} %: ${percent(coverage)} % accepted, from confidence ${confidenceText(threshold)}`
  ),
  `    from confidence ${atThreshold.threshold}: ${percent(atThreshold.coverage)} % accepted, ${percent(atThreshold.risk)} % wrong`,
  `    area under the curve ${percent(areaUnderCurve, 2)} %; wrong % at each tenth of coverage:`,
  `    ${columns(curve.map(({ risk }) => percent(risk)))}`
]

const calibrationText = ({ bins, error }: EvaluationReport["calibration"]): Lines => [
  `Calibration: expected error ${percent(error)} % over blocks, in bins of equal mass`,
  columns(["blocks", "from", "to", "mean", "right %"]),
  ...bins.map(({ blocks, greatest, least, mean, right }) =>
    columns([`${blocks}`, confidenceText(least), confidenceText(greatest), confidenceText(mean), percent(right)])
  )
]

const groundingText = (grounding: EvaluationReport["grounding"]): Lines => {
  if (grounding === null) {
    return ["Grounding: no prediction carries evidence"]
  }
  const { examples, fields, share } = grounding
  return [
    `Grounding: ${percent(share, 2)} % of the fields are printed by their words, or inferred by rule from neighbours`,
    columns(["printed", "inferred", "neither", "share %"]),
    ...Object.entries(fields).map(([field, counts]) => {
      const figures = [counts.printed, counts.inferred, counts.ungrounded].map((count) => `${count}`)
      return `${columns([...figures, percent(counts.share, 2)])}  ${field}`
    }),
    ...examples.map(
      ({ document, field, rule, value, words }) =>
        `  ${printable(`${document}: ${field} "${value}" from "${words}" by ${rule}`)}`
    )
  ]
}

const worstText = ({ blocks, documents }: EvaluationReport["worst"]): Lines => [
  "Read worst, by block F1 %",
  ...documents.flatMap(({ block, document, misses }) => [
    `${columns([percent(block)])}  ${printable(document)}`,
    ...missLines(misses)
  ]),
  "Wrong and thought right, by confidence",
  ...blocks.map(({ confidence, document, ...miss }) => {
    return `${columns([confidenceText(confidence)])}  ${printable(document)}: ${missText(miss)}`
  })
]

const missLines = (misses: ReadonlyArray<EvaluatedMiss>): Lines => misses.map((miss) => `           ${missText(miss)}`)

const missText = ({ got, wanted }: Pick<EvaluatedMiss, "got" | "wanted">): string =>
  printable(`wanted ${wanted ?? "nothing"}; got ${got ?? "nothing"}`)

const percent = (share: number | null, decimals = 1): string => (share === null ? "–" : (100 * share).toFixed(decimals))

const confidenceText = (confidence: number | null): string => (confidence === null ? "–" : confidence.toFixed(2))
