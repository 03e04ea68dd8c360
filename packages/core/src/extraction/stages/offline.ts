import { Effect } from "effect"
import * as z from "zod"
import { stage } from "../../pipeline/defineStage.ts"
import { ReadPageArtifact } from "../artifacts/PageArtifact.ts"
import { UntimedExtraction } from "../validateExtraction.ts"
import { atOnce } from "./atOnce.ts"

/** The lowest rung of the tiers: the offline reading as it is. */
export const offline = () =>
  stage.effect({
    name: "offline",
    version: "1",
    needs: { offlineReading: UntimedExtraction, readPages: z.array(ReadPageArtifact) },
    gives: { reading: UntimedExtraction, readingPages: z.array(ReadPageArtifact) },
    jobStage: "validation",
    ...atOnce,
    run: ({ offlineReading, readPages }) => Effect.succeed({ reading: offlineReading, readingPages: readPages })
  })
