import { Context, type Effect } from "effect"
import type * as z from "zod"
import type { PageImage } from "../document/Page.ts"
import type { LlmError } from "./LlmError.ts"
import type { LlmSpent } from "./LlmSpent.ts"

/** What a model can do. */
export interface LlmCapabilities {
  /** Looks at page images; without, a request that holds one fails with `CapabilityMissing`. */
  readonly images: boolean
  /** The service holds answers to the schema while they are written; without, the schema is put into the prompt. */
  readonly jsonSchema: boolean
}

/** A part of what a model is shown. */
export type PromptPart =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "image"; readonly image: PageImage }

/** An answer that was no good, and why. */
export interface LlmRepair {
  readonly answer: string
  readonly complaint: string
}

/** One question to a model. There are no tools: all that comes back is an answer. */
export interface LlmRequest<A> {
  /** Instructions; nothing that comes from a document. */
  readonly system: string
  readonly prompt: ReadonlyArray<PromptPart>
  /** What the answer must fit; it has a form in JSON Schema. */
  readonly schema: z.ZodType<A>
  /** The earlier answer to the same prompt, which the model is asked to mend. */
  readonly repair?: LlmRepair
  /**
   * Hashes for a cache, in lower-case hexadecimal. They leave out the random mark that fences the document's text, so
   * that the same question has the same hashes: the prompt alone does not.
   */
  readonly hashes: {
    /** Over what is shown of the document: texts and images. */
    readonly content: string
    /** Over the versioned instructions, the schema, and the repair. */
    readonly prompt: string
  }
}

/** An answer that fits the schema. What it says may still be wrong. */
export interface LlmAnswer<A> {
  readonly value: A
  readonly spent: LlmSpent
  /** Whether it comes from a cache; `spent` is nothing then. Default false. */
  readonly isCached?: boolean
}

/** Answers questions with a language model. Adapters are checked by `llmProviderContract`. */
export class LlmProvider extends Context.Service<
  LlmProvider,
  {
    /** The provider and its model, recorded with every result: `"anthropic:claude-haiku-4-5"`. */
    readonly engine: string
    /** Who gets to see the document, such as `"anthropic"`; calls of one provider share limits and a circuit breaker. */
    readonly provider: string
    /** The model, as its provider calls it. */
    readonly model: string
    /** Who speaks to the provider, with its major version: `"ai@7"`. */
    readonly version: string
    readonly capabilities: LlmCapabilities
    /** What besides the request decides the answer, for the key of a cache: temperature, limits, options. */
    readonly parameters: Readonly<Record<string, string | number | boolean>>
    /**
     * The most that one call with this request can cost, in US dollars, estimated on the high side; null where the user
     * gave no price for the model.
     */
    readonly costAtMost: (request: LlmRequest<unknown>) => number | null
    /**
     * Asks once: no retries, temperature 0 where the model has one. Interruption aborts the request. An answer that does
     * not fit the schema fails; failures tell what was spent.
     */
    readonly generate: <A>(request: LlmRequest<A>) => Effect.Effect<LlmAnswer<A>, LlmError>
  }
>()("@timegrid/core/llm/LlmProvider") {}
