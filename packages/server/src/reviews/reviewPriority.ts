import type { ExtractionRun, ReviewPriority } from "@timegrid/core"

/**
 * How soon a reading wants a person: `high` where nothing or next to nothing could be read and so the user has nothing yet;
 * `normal` where some of it is uncertain; `low` for the sample that only keeps the calibration honest. Nothing
 * is `urgent` by itself: that is for an administrator to say.
 */
export const reviewPriorityOf = ({ route }: Pick<ExtractionRun, "route">): ReviewPriority => {
  switch (route.reason) {
    case "no_timetable":
    case "unreadable":
      return "high"
    case "sampled":
      return "low"
    default:
      return "normal"
  }
}
