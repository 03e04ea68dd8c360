/** Providers whose calls go through the engine: budgeted, limited, retried, and told of in events. */
import { Effect } from "effect"
import type { PageImage } from "../../document/Page.ts"
import { LlmError } from "../../llm/LlmError.ts"
import type { LlmProvider, LlmRequest } from "../../llm/LlmProvider.ts"
import type { LlmSpent } from "../../llm/LlmSpent.ts"
import { EngineUnavailable, OcrError, type OcrErrorReason } from "../../ocr/OcrError.ts"
import type { OcrProvider } from "../../ocr/OcrProvider.ts"
import type { Amount } from "../../pipeline/Amount.ts"
import { PipelineError } from "../../pipeline/PipelineError.ts"
import type { CallOptions, Charge, EffectStageContext } from "../../pipeline/Stage.ts"
import { ServiceUnavailable } from "../../provider/serviceFailures.ts"
import type { CloudOcr } from "./CloudOcr.ts"

type Call = EffectStageContext["call"]

/** One call sends one page. */
const onePage = 1

const optionsOf = (usd: number | null): Pick<CallOptions, "atMost" | "isPriceUnknown"> => ({
  atMost: { usd: usd ?? 0, pages: onePage },
  isPriceUnknown: usd === null
})

/** After these the page was read, and is to be paid for, though nothing could be made of the answer. */
const answered: ReadonlySet<OcrErrorReason["_tag"]> = new Set(["ResponseMalformed", "ResponseTooLarge"])

/** An engine each of whose calls is one of a stage. It fails as the engine does; see {@link unwrapped}. */
export const meteredOcr = ({ ocr, provider, usdPerPage }: CloudOcr, call: Call): OcrProvider["Service"] => {
  const metered = <A>(image: PageImage, work: Effect.Effect<A, OcrError>): Effect.Effect<A, OcrError> =>
    call({ provider, shown: nameOf(image), timeout: "1 minute", ...optionsOf(usdPerPage) }, (charge) =>
      Effect.tapError(work, ({ reason }) =>
        answered.has(reason._tag) ? chargeTrue(charge, { usd: usdPerPage ?? 0, pages: onePage }) : Effect.void
      )
    ).pipe(
      Effect.catchTag("PipelineError", (cause) =>
        Effect.fail(new OcrError({ engine: ocr.engine, reason: new EngineUnavailable({ cause }) }))
      )
    )
  const { recognizePage } = ocr
  return {
    ...ocr,
    recognize: (image, options) => metered(image, ocr.recognize(image, options)),
    ...(recognizePage !== undefined && { recognizePage: (image) => metered(image, recognizePage(image)) })
  }
}

/**
 * An engine on somebody else's machine that its user took for all pages: what it sees is told, what it costs unknown. Of
 * several as one all are named that may see a page.
 */
export const toldOcr = (ocr: OcrProvider["Service"], call: Call): OcrProvider["Service"] => {
  const { cloudEngines = [ocr.engine] } = ocr
  const provider = cloudEngines.map((engine) => engine.split("@", 1)[0]).join("|")
  return meteredOcr({ provider, ocr, usdPerPage: 0 }, call)
}

/** A model each of whose calls is one of a stage. It fails as the model does; see {@link unwrapped}. */
export const meteredLlm = (llm: LlmProvider["Service"], call: Call): LlmProvider["Service"] => ({
  ...llm,
  generate: (request) => {
    const usdAtMost = llm.costAtMost(request)
    // What nobody has counted costs as much as it can.
    const costOf = ({ costUsd }: LlmSpent, pages: number): Amount => ({ usd: costUsd ?? usdAtMost ?? 0, pages })
    return call(
      { provider: llm.provider, shown: shownBy(request), timeout: "3 minutes", ...optionsOf(usdAtMost) },
      (charge) =>
        llm.generate(request).pipe(
          Effect.tap(({ isCached, spent }) => chargeTrue(charge, costOf(spent, isCached ? 0 : onePage))),
          Effect.tapError(({ spent }) => (spent === null ? Effect.void : chargeTrue(charge, costOf(spent, onePage))))
        )
    ).pipe(
      Effect.catchTag("PipelineError", (cause) =>
        Effect.fail(new LlmError({ engine: llm.engine, reason: new ServiceUnavailable({ cause }), spent: null }))
      )
    )
  }
})

const nameOf = ({ pageNumber }: PageImage): string => `the image of page ${pageNumber}`

/** Text is told by its hash: the stage that puts pages into words knows which it was. */
const shownBy = ({ hashes, prompt }: LlmRequest<unknown>): string => {
  const images = prompt.flatMap((part) => (part.type === "image" ? nameOf(part.image) : []))
  return [...images, `text with the hash ${hashes.content}`].join(", ")
}

/** The books keep the true cost, also where it is more than was reserved; that is no reason to lose the answer. */
const chargeTrue = (charge: Charge, cost: Amount): Effect.Effect<void> =>
  Effect.ignore(Effect.try({ try: () => charge(cost), catch: (cause) => cause }))

/**
 * The engine's own error, where a provider's error only carries it: interfaces of providers know nothing of budgets,
 * timeouts and circuit breakers.
 */
export const unwrapped = <E extends OcrError | LlmError>(error: E): E | PipelineError => {
  const { cause } = error.reason
  return cause instanceof PipelineError ? cause : error
}
