import { Effect } from "effect"
import { stage } from "../../pipeline/defineStage.ts"
import { interpretPages } from "../../timetable/interpretPages.ts"
import { InterpretationArtifact } from "../artifacts/InterpretationArtifact.ts"
import { ReadPagesArtifact } from "../artifacts/PagesArtifact.ts"
import { atOnce } from "./atOnce.ts"

/** Reads the timetable off pages whose words are known. */
export const interpretation = () =>
  stage.effect({
    name: "interpretation",
    version: "1",
    needs: { readPages: ReadPagesArtifact },
    gives: { interpretation: InterpretationArtifact },
    ...atOnce,
    run: ({ readPages }) => Effect.sync(() => ({ interpretation: interpretPages(readPages.map(({ page }) => page)) }))
  })
