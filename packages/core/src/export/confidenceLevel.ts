/** How far a value can be relied on: as it is, after a glance, after a look at the page. */
export type ConfidenceLevel = "certain" | "fair" | "doubtful"

/** The confidence, 0 to 100, from which each level holds. */
export const levelBounds = { certain: 98, fair: 80 } as const

/** The level of a confidence from 0 to 100. */
export const confidenceLevel = (confidence: number): ConfidenceLevel => {
  if (confidence >= levelBounds.certain) {
    return "certain"
  }
  return confidence < levelBounds.fair ? "doubtful" : "fair"
}
