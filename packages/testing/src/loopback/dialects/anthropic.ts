import { type Dialect, sseEvent } from "./Dialect.ts"

const event = (data: Readonly<Record<string, unknown>> & { readonly type: string }): string => sseEvent(data, data.type)

const stopReasons = { complete: "end_turn", truncated: "max_tokens", refused: "refusal" } as const

const errorTypes: Readonly<Record<number, string>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
  500: "api_error",
  529: "overloaded_error"
}

const errorOf = (type: string, message: string) => ({ type: "error", error: { type, message } })

/** The Messages API: `POST /v1/messages`. */
export const anthropic: Dialect = {
  basePath: "/v1",
  isQuestion: (path) => path === "/v1/messages",
  opening: ({ inputTokens }) => [
    event({
      type: "message_start",
      message: {
        id: "msg_loopback",
        type: "message",
        role: "assistant",
        model: "loopback",
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: inputTokens, output_tokens: 1 }
      }
    }),
    event({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } })
  ],
  piece: (text) => event({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text } }),
  closing: (_, end, { outputTokens }) => [
    event({ type: "content_block_stop", index: 0 }),
    event({
      type: "message_delta",
      delta: { stop_reason: stopReasons[end], stop_sequence: null },
      usage: { output_tokens: outputTokens }
    }),
    event({ type: "message_stop" })
  ],
  error: (status, message) => errorOf(errorTypes[status] ?? "api_error", message),
  overloaded: sseEvent(errorOf("overloaded_error", "Overloaded"), "error")
}
