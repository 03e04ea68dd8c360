import * as z from "zod"
import { Tier } from "../domain/Tier.ts"
import { groundedFields } from "./grounding.ts"

const Share = z.number().min(0).max(1)
const Percent = z.number().min(0).max(100)
const Count = z.int().min(0)
const PrecisionRecall = z.object({ precision: Share, recall: Share, f1: Share })

const byMeasure = <T extends z.ZodType>(value: T) => z.object({ time: value, block: value, strict: value })

/** Documents taken together: all of them, or those that share a kind, a tier or a trait. */
export const EvaluatedGroup = z.object({
  documents: Count,
  /** Blocks of the truth. */
  blocks: Count,
  /** Mean F1 over documents. */
  macro: byMeasure(Share.nullable()),
  /** Over all blocks together. */
  micro: byMeasure(PrecisionRecall),
  /** Share of documents with every block right. */
  perfect: Share,
  /** Documents of at least this confidence: their share and mean block F1. */
  accepted: z.object({ threshold: Percent, share: Share, block: Share.nullable() }),
  /** Expected calibration error over blocks; null without blocks that have a confidence. */
  calibrationError: Share.nullable()
})

/** A block that is wrong, missing or too much. */
export const EvaluatedMiss = z.object({
  /** What the truth has, or null where nothing on the page bears the block out. */
  wanted: z.string().nullable(),
  /** What was read, or null where nothing was. */
  got: z.string().nullable(),
  confidence: Percent.nullable()
})

/** How one document was read. */
export const DocumentRow = z.object({
  id: z.string(),
  file: z.string(),
  kind: z.string(),
  /** null where the document was not read or its prediction does not say. */
  tier: Tier.nullable(),
  traits: z.array(z.string()),
  /** Why there is nothing to score; the document counts as one on which nothing was found. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  confidence: Percent.nullable(),
  trueBlocks: Count,
  predictedBlocks: Count,
  right: byMeasure(Count),
  time: PrecisionRecall,
  block: PrecisionRecall,
  strict: PrecisionRecall,
  /** Mean similarity of text over blocks whose time is right. */
  text: Share.nullable(),
  /** Only in verbose reports. */
  misses: z.array(EvaluatedMiss).optional()
})

const AcceptedShare = z.object({
  /** The least confidence that is accepted. */
  threshold: Percent.nullable(),
  /** Share of all items that are accepted. */
  coverage: Share,
  /** Share of the accepted blocks that are wrong. */
  risk: Share.nullable()
})

const RiskCoverage = z.object({
  items: Count,
  atRisk: z.array(AcceptedShare.extend({ mostRisk: Share })).readonly(),
  atThreshold: AcceptedShare.extend({ threshold: Percent }),
  areaUnderCurve: Share.nullable(),
  curve: z.array(z.object({ coverage: Share, risk: Share })).readonly()
})

const GroundedCounts = z.object({ printed: Count, inferred: Count, ungrounded: Count, share: Share.nullable() })

/** What `timegrid eval` finds; plain data. Shares are 0 to 1, confidences 0 to 100. */
export const EvaluationReport = z.object({
  schemaVersion: z.literal(1),
  all: EvaluatedGroup,
  kinds: z.record(z.string(), EvaluatedGroup),
  /** By the tier that each document was read by; `none` where that is not known. */
  tiers: z.record(z.string(), EvaluatedGroup),
  traits: z.record(z.string(), EvaluatedGroup),
  riskCoverage: z.object({
    /** Blocks accepted one by one. */
    blocks: RiskCoverage,
    /** Documents accepted whole: coverage counts documents, risk their blocks. */
    documents: RiskCoverage
  }),
  calibration: z.object({
    error: Share.nullable(),
    bins: z
      .array(z.object({ blocks: Count, least: Percent, greatest: Percent, mean: Percent, right: Share }))
      .readonly()
  }),
  /** How many fields follow from their evidence; null where no prediction carries any. */
  grounding: GroundedCounts.extend({
    fields: z.record(z.enum(groundedFields), GroundedCounts),
    /** The first of those that do not. */
    examples: z.array(
      z.object({
        document: z.string(),
        field: z.enum(groundedFields),
        value: z.string(),
        words: z.string(),
        rule: z.string()
      })
    )
  }).nullable(),
  worst: z.object({
    /** Ids of the documents with the lowest block F1 below 1, the worst first. */
    documents: z.array(z.object({ document: z.string(), block: Share, misses: z.array(EvaluatedMiss) })).readonly(),
    /** The wrong blocks that the reader was surest of. */
    blocks: z.array(EvaluatedMiss.extend({ document: z.string() })).readonly()
  }),
  documents: z.array(DocumentRow)
})

export type EvaluatedGroup = z.output<typeof EvaluatedGroup>
export type EvaluatedMiss = z.output<typeof EvaluatedMiss>
export type DocumentRow = z.output<typeof DocumentRow>
export type EvaluationReport = z.output<typeof EvaluationReport>
