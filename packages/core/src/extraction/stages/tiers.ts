import type { LlmProvider } from "../../llm/LlmProvider.ts"
import { passingClasses } from "../../pipeline/errorClass.ts"
import { firstThat, type Ladder } from "../../pipeline/firstThat.ts"
import type { PipelineError } from "../../pipeline/PipelineError.ts"
import type { GivesOf, InnerOf, NeedsOf, ServicesOf } from "../../pipeline/PipelineTypes.ts"
import type { AnyStage, Stage } from "../../pipeline/Stage.ts"
import type { CloudOcr } from "../tiers/CloudOcr.ts"
import { acceptanceConfidence, type RoutingPolicy } from "../tiers/RoutingPolicy.ts"
import type { AnswerCache } from "../tiers/remembered.ts"
import type { UntimedExtraction } from "../validateExtraction.ts"
import type { ReadingLimits } from "./classification.ts"
import { cloudOcr } from "./cloudOcr.ts"
import { llm } from "./llm.ts"
import { offline } from "./offline.ts"

/** Who may be asked when the offline reading is not sure enough. Naming them here is what sends documents to them. */
export interface TierProviders extends AnswerCache {
  /** Of several, the next is asked where one fails. Default none. */
  readonly cloudOcr?: ReadonlyArray<CloudOcr> | undefined
  /** Of several, the next is asked where one fails. Default none. */
  readonly llm?: ReadonlyArray<LlmProvider["Service"]> | undefined
}

/** What can be chosen of {@link tiers}. */
export interface TiersOptions extends TierProviders, ReadingLimits {
  readonly routing?: RoutingPolicy | undefined
}

/** A document that could be read offline is read, whatever happens on a higher rung. */
const passes = [...passingClasses, "invalid_input"] as const

/**
 * The ladder of tiers: the offline reading where it is sure enough, else that of a cloud OCR, else that of a language
 * model, each only where there is one; where none is sure enough, the surest.
 */
export const tiers = ({
  cache,
  cloudOcr: engines = [],
  limits,
  llm: models = [],
  routing = {}
}: TiersOptions = {}): TierLadder => {
  const [engine, ...moreEngines] = engines
  const [model, ...moreModels] = models
  const rungs: readonly [AnyStage, ...Array<AnyStage>] = [
    offline(),
    ...(engine === undefined ? [] : [cloudOcr([engine, ...moreEngines], { cache, limits })]),
    ...(model === undefined ? [] : [llm([model, ...moreModels], { cache, limits })])
  ]
  const ladder = firstThat("tiers", rungs, {
    // All rungs give a reading.
    score: (gives) => (gives as { readonly reading: UntimedExtraction }).reading.confidence,
    atLeast: acceptanceConfidence(routing),
    passes
  })
  // The compiler knows the ladder with all rungs; one that is not there can be neither run nor resumed from.
  return { ...ladder, jobStage: "validation" } as AnyStage as TierLadder
}

type Rungs = Ladder<"tiers", ReturnType<typeof offline> | ReturnType<typeof cloudOcr> | ReturnType<typeof llm>>

/** What rungs fail with stays in the ladder, whose first cannot fail; only faults of the program come out. */
type TierLadder = Stage<"tiers", NeedsOf<Rungs>, GivesOf<Rungs>, PipelineError, ServicesOf<Rungs>, InnerOf<Rungs>>
