import * as z from "zod"
import type { UntimedExtraction } from "../validateExtraction.ts"

/** When a reading is good enough to be taken without another look. */
export interface RoutingPolicy {
  /**
   * The confidence, 0 to 100, from which a reading is accepted, or the share of wrong blocks that may be accepted, 0 to
   * 1: since confidence is calibrated, readings of at least `100 * (1 - errorRate)` hold no more than that. Default 98.
   */
  readonly acceptFrom?: number | { readonly errorRate: number } | undefined
  /** Readings below this confidence, 0 to 100, go to review as `unreadable`. Default 80. */
  readonly doubtBelow?: number | undefined
  /**
   * Share of the accepted documents, 0 to 1, that a person looks at all the same, which keeps the calibration honest.
   * Drawn by the hash of the document, so that a replay draws the same. Default 0.
   */
  readonly sampleShare?: number | undefined
}

/**
 * Why a reading takes its way. Accepted: `confident`. To review: `sampled`, though confident; `unplaced`, since a block
 * has no day or no time; `uncertain`; `unreadable`; `no_timetable`, where nothing was found.
 */
export const routeReasons = ["confident", "sampled", "unplaced", "uncertain", "unreadable", "no_timetable"] as const

/** Whether a reading is accepted or goes to a person, and why. */
export const Route = z.object({ decision: z.enum(["accept", "review"]), reason: z.enum(routeReasons) })
export type Route = z.output<typeof Route>

const defaultAcceptFrom = 98
const defaultDoubtBelow = 80

/** The confidence, 0 to 100, from which a policy accepts. Throws a RangeError for what is no percentage or share. */
export const acceptanceConfidence = ({ acceptFrom = defaultAcceptFrom }: RoutingPolicy): number => {
  const confidence = typeof acceptFrom === "number" ? acceptFrom : 100 * (1 - acceptFrom.errorRate)
  if (!(confidence >= 0 && confidence <= 100)) throw new RangeError(`no reading has a confidence of ${confidence}`)
  return confidence
}

/** Which way a reading goes when no further tier is left. */
export const routeOf = (reading: UntimedExtraction, policy: RoutingPolicy = {}): Route => {
  const { confidence, markers, timeblocks } = reading
  if (timeblocks.length + markers.length === 0) return { decision: "review", reason: "no_timetable" }
  if (confidence < acceptanceConfidence(policy)) {
    const isDoubted = confidence < (policy.doubtBelow ?? defaultDoubtBelow)
    return { decision: "review", reason: isDoubted ? "unreadable" : "uncertain" }
  }
  // A block without its place in the week fits no row, whatever its confidence.
  if (timeblocks.some(({ dayOfWeek, startTime }) => dayOfWeek === null || startTime === null))
    return { decision: "review", reason: "unplaced" }
  return lotOf(reading) < (policy.sampleShare ?? 0)
    ? { decision: "review", reason: "sampled" }
    : { decision: "accept", reason: "confident" }
}

const lotDigits = 8

/** 0 to 1, spread evenly over documents and always the same for one. */
const lotOf = ({ documentHash }: UntimedExtraction): number =>
  Number.parseInt(documentHash.slice(-lotDigits), 16) / 16 ** lotDigits
