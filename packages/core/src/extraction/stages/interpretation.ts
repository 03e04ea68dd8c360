import { Effect } from "effect"
import * as z from "zod"
import { stage } from "../../pipeline/defineStage.ts"
import { interpretPages } from "../../timetable/interpretPages.ts"
import { InterpretationArtifact } from "../artifacts/InterpretationArtifact.ts"
import { ReadPageArtifact } from "../artifacts/PageArtifact.ts"
import { atOnce } from "./atOnce.ts"

/** Reads the timetable off pages whose words are known. */
export const interpretation = () =>
  stage.effect({
    name: "interpretation",
    version: "1",
    needs: { readPages: z.array(ReadPageArtifact) },
    gives: { interpretation: InterpretationArtifact },
    ...atOnce,
    run: ({ readPages }) => Effect.sync(() => ({ interpretation: interpretPages(readPages.map(({ page }) => page)) }))
  })
