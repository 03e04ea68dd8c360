/** What a model sends, gathered up to a limit. */
import type { LlmSpent } from "@timegrid/core"
import type { wrapLanguageModel } from "ai"

/** A model of the AI SDK, of any version of its specification. */
export type AnyModel = Parameters<typeof wrapLanguageModel>[0]["model"]

/** A model in the newest form of the AI SDK's specification, into which `wrapLanguageModel` brings those of older ones. */
export type Model = ReturnType<typeof wrapLanguageModel>

/** What a call is made with, besides the signal. */
export type CallOptions = Omit<Parameters<Model["doStream"]>[0], "abortSignal">

type StreamPart = Awaited<ReturnType<Model["doStream"]>>["stream"] extends ReadableStream<infer Part> ? Part : never
type Finish = Extract<StreamPart, { readonly type: "finish" }>

/** An answer as it came, complete or not. */
export interface ReceivedAnswer {
  readonly text: string
  /** null where the stream ended without a word about why. */
  readonly finishReason: Finish["finishReason"] | null
  readonly tokens: Pick<LlmSpent, "inputTokens" | "outputTokens">
  /** Whether it was broken off because it grew past the limit. */
  readonly isTooLong: boolean
  /** What ended it before its end; null where nothing did. */
  readonly broken: { readonly cause: unknown } | null
}

/** Asks, and gathers the answer; rejects with what the service or the network failed with before there was any. */
export const receiveAnswer = async (
  model: Model,
  options: CallOptions,
  maxCharacters: number,
  signal: AbortSignal
): Promise<ReceivedAnswer> => {
  const enough = new AbortController()
  const { stream } = await model.doStream({ ...options, abortSignal: AbortSignal.any([signal, enough.signal]) })
  const texts: Array<string> = []
  let [characters, thoughts] = [0, 0]
  let finish: Finish | null = null
  let broken: ReceivedAnswer["broken"] = null
  try {
    for await (const part of stream) {
      if (part.type === "error") throw part.error
      if (part.type === "finish") finish = part
      if (part.type === "text-delta") {
        texts.push(part.delta)
        characters += part.delta.length
      }
      if (part.type === "reasoning-delta") thoughts += part.delta.length
      if (Math.max(characters, thoughts) > maxCharacters) break
    }
  } catch (cause) {
    broken = { cause }
  }
  // Whatever is still to come is of no use.
  enough.abort()
  return {
    text: texts.join(""),
    finishReason: finish?.finishReason ?? null,
    tokens: {
      inputTokens: finish?.usage.inputTokens.total ?? null,
      outputTokens: finish?.usage.outputTokens.total ?? null
    },
    isTooLong: Math.max(characters, thoughts) > maxCharacters,
    broken
  }
}
