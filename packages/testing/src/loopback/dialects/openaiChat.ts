import { type Dialect, sseEvent } from "./Dialect.ts"
import { openaiError } from "./openaiError.ts"

const chunk = (choices: ReadonlyArray<unknown>, usage?: unknown): string =>
  sseEvent({
    id: "chatcmpl-loopback",
    object: "chat.completion.chunk",
    created: 1_700_000_000,
    model: "loopback",
    choices,
    ...(usage === undefined ? {} : { usage })
  })

const choice = (delta: unknown, finishReason: string | null = null) => [
  { index: 0, delta, logprobs: null, finish_reason: finishReason }
]

const finishReasons = { complete: "stop", truncated: "length", refused: "content_filter" } as const

/** Chat Completions, which Ollama and many others speak: `POST /v1/chat/completions`. */
export const openaiChat: Dialect = {
  basePath: "/v1",
  isQuestion: (path) => path === "/v1/chat/completions",
  opening: () => [chunk(choice({ role: "assistant", content: "" }))],
  piece: (content) => chunk(choice({ content })),
  closing: (_, end, { inputTokens, outputTokens }) => [
    chunk(choice({}, finishReasons[end])),
    chunk([], {
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens
    }),
    "data: [DONE]\n\n"
  ],
  error: openaiError,
  overloaded: sseEvent(openaiError(500, "Overloaded"))
}
