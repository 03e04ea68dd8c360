import { pipeline } from "../pipeline/makePipeline.ts"
import { SourceDocument } from "./artifacts/SourceDocument.ts"
import { classification } from "./stages/classification.ts"
import { interpretation } from "./stages/interpretation.ts"
import { ocr } from "./stages/ocr.ts"
import { preprocessing } from "./stages/preprocessing.ts"
import { routing } from "./stages/routing.ts"
import { type TiersOptions, tiers } from "./stages/tiers.ts"
import { validation } from "./stages/validation.ts"

/** What can be chosen of {@link standardPipeline}. */
export interface StandardPipelineOptions extends TiersOptions {}

/**
 * How Timegrid reads a document: a pipeline like any other, to add stages to (`use`) or to change (`replace`). It asks
 * for the readers and the engine that work on this machine; who else may see a document stands in its options.
 *
 * @example
 * standardPipeline().replace("ocr", myOcr).use(findRooms)
 */
export const standardPipeline = (options: StandardPipelineOptions = {}) =>
  pipeline("timetable", { document: SourceDocument })
    .use(classification(options))
    .use(preprocessing(options))
    .use(ocr(options))
    .use(interpretation())
    .use(validation())
    .use(tiers(options))
    .use(routing(options.routing))

/** The pipeline that {@link standardPipeline} makes. */
export type StandardPipeline = ReturnType<typeof standardPipeline>
