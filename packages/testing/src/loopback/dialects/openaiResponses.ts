import { type Dialect, sseEvent } from "./Dialect.ts"
import { openaiError } from "./openaiError.ts"

const event = (data: Readonly<Record<string, unknown>> & { readonly type: string }): string => sseEvent(data, data.type)

const response = { id: "resp_loopback", object: "response", created_at: 1_700_000_000, model: "loopback" }
const message = { id: "msg_loopback", type: "message", role: "assistant" }
const place = { item_id: message.id, output_index: 0, content_index: 0 }

/** The Responses API: `POST /v1/responses`. */
export const openaiResponses: Dialect = {
  basePath: "/v1",
  isQuestion: (path) => path === "/v1/responses",
  opening: () => [
    event({ type: "response.created", response: { ...response, status: "in_progress" } }),
    event({ type: "response.output_item.added", output_index: 0, item: { ...message, content: [] } })
  ],
  piece: (delta, end) =>
    event({ type: end === "refused" ? "response.refusal.delta" : "response.output_text.delta", ...place, delta }),
  closing: (text, end, { inputTokens, outputTokens }) => {
    const content =
      end === "refused" ? { type: "refusal", refusal: text } : { type: "output_text", text, annotations: [] }
    const item = { ...message, status: "completed", content: [content] }
    const usage = {
      input_tokens: inputTokens,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: outputTokens,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: inputTokens + outputTokens
    }
    const isTruncated = end === "truncated"
    return [
      ...(end === "refused" ? [event({ type: "response.refusal.done", ...place, refusal: text })] : []),
      event({ type: "response.output_item.done", output_index: 0, item }),
      event({
        type: isTruncated ? "response.incomplete" : "response.completed",
        response: {
          ...response,
          status: isTruncated ? "incomplete" : "completed",
          incomplete_details: isTruncated ? { reason: "max_output_tokens" } : null,
          output: [item],
          usage
        }
      })
    ]
  },
  error: openaiError,
  overloaded: event({
    type: "error",
    sequence_number: 3,
    error: { type: "server_error", code: "server_error", message: "Overloaded", param: null }
  })
}
