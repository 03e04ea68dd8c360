import { Duration } from "effect"

/** The moment so long after another; both as rows are shown, in ISO 8601 and UTC. */
export const momentAfter = (moment: string, delay: Duration.Input): string =>
  new Date(Date.parse(moment) + Duration.toMillis(delay)).toISOString()
