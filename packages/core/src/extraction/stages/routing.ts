import { Effect } from "effect"
import { stage } from "../../pipeline/defineStage.ts"
import { acceptanceConfidence, Route, type RoutingPolicy, routeOf } from "../tiers/RoutingPolicy.ts"
import { UntimedExtraction } from "../validateExtraction.ts"
import { atOnce } from "./atOnce.ts"

/** Says whether a reading is accepted or goes to a person. */
export const routing = (policy: RoutingPolicy = {}) =>
  stage.effect({
    name: "routing",
    version: ["1", acceptanceConfidence(policy), policy.doubtBelow, policy.sampleShare].join(" "),
    needs: { reading: UntimedExtraction },
    gives: { route: Route },
    jobStage: "validation",
    ...atOnce,
    run: ({ reading }) => Effect.sync(() => ({ route: routeOf(reading, policy) }))
  })
