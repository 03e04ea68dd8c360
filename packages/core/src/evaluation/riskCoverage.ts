import { byConfidence } from "./byConfidence.ts"

/** What is accepted or refused as one: a block, or a document with all that was read from it. */
export interface Acceptable {
  /** 0 to 100; null is never accepted. */
  readonly confidence: number | null
  /** Blocks that are accepted with it; nothing is accepted where there are none. */
  readonly blocks: number
  /** Those of `blocks` that are wrong. */
  readonly wrong: number
}

/** What is accepted from one confidence on. */
export interface AcceptedShare {
  /** The least confidence that is accepted, 0 to 100; null where nothing is. */
  readonly threshold: number | null
  /** Share of all items that are accepted, 0 to 1. */
  readonly coverage: number
  /** Share of the accepted blocks that are wrong, 0 to 1; null where none is accepted. */
  readonly risk: number | null
}

/** How the share of wrong blocks grows as more is accepted, the most confident first. */
export interface RiskCoverage {
  readonly items: number
  /** The most that can be accepted for each of the risks that were asked for. */
  readonly atRisk: ReadonlyArray<AcceptedShare & { readonly mostRisk: number }>
  readonly atThreshold: AcceptedShare & { readonly threshold: number }
  /** Mean risk over all coverages up to that of everything that has blocks; null where nothing has. */
  readonly areaUnderCurve: number | null
  /** Risk at each tenth of coverage that can be reached. */
  readonly curve: ReadonlyArray<{ readonly coverage: number; readonly risk: number }>
}

interface Step extends AcceptedShare {
  readonly threshold: number
  readonly risk: number
}

/** Nothing is accepted. */
const nothing: AcceptedShare = { threshold: null, coverage: 0, risk: null }

/**
 * Sorts by confidence and follows how many of the accepted blocks are wrong. Items of one confidence are accepted
 * together; on the way through them, their wrong blocks count as spread evenly, so that their order does not matter.
 */
export const riskCoverage = (
  items: ReadonlyArray<Acceptable>,
  mostRisks: ReadonlyArray<number>,
  threshold: number
): RiskCoverage => {
  const steps: Array<Step> = []
  const risks: Array<number> = []
  let [blocks, wrong] = [0, 0]
  for (const tied of byConfidence(items.filter((item) => item.blocks > 0))) {
    const tiedBlocks = total(tied.items, (item) => item.blocks)
    const tiedWrong = total(tied.items, (item) => item.wrong)
    for (let index = 1; index <= tied.items.length; index++) {
      const part = index / tied.items.length
      risks.push((wrong + part * tiedWrong) / (blocks + part * tiedBlocks))
    }
    blocks += tiedBlocks
    wrong += tiedWrong
    steps.push({ threshold: tied.confidence, coverage: risks.length / items.length, risk: wrong / blocks })
  }
  const tenths = Array.from({ length: 10 }, (_, index) => Math.ceil(((index + 1) * items.length) / 10))
  return {
    items: items.length,
    atRisk: mostRisks.map((mostRisk) => ({ mostRisk, ...(steps.findLast(({ risk }) => risk <= mostRisk) ?? nothing) })),
    atThreshold: { ...(steps.findLast((step) => step.threshold >= threshold) ?? nothing), threshold },
    areaUnderCurve: risks.length > 0 ? total(risks, (risk) => risk) / risks.length : null,
    curve: tenths.flatMap((accepted, index) => {
      const risk = risks[accepted - 1]
      return risk === undefined ? [] : [{ coverage: (index + 1) / 10, risk }]
    })
  }
}

const total = <T>(items: ReadonlyArray<T>, of: (item: T) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0)
