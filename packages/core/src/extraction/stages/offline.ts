import { Effect } from "effect"
import { stage } from "../../pipeline/defineStage.ts"
import { ReadPagesArtifact } from "../artifacts/PagesArtifact.ts"
import { UntimedExtraction } from "../validateExtraction.ts"
import { atOnce } from "./atOnce.ts"

/** The lowest rung of the tiers: the offline reading as it is. */
export const offline = () =>
  stage.effect({
    name: "offline",
    version: "1",
    needs: { offlineReading: UntimedExtraction, readPages: ReadPagesArtifact },
    gives: { reading: UntimedExtraction, readingPages: ReadPagesArtifact },
    jobStage: "validation",
    ...atOnce,
    run: ({ offlineReading, readPages }) => Effect.succeed({ reading: offlineReading, readingPages: readPages })
  })
