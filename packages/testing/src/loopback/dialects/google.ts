import { type Dialect, sseEvent } from "./Dialect.ts"

const statuses: Readonly<Record<number, string>> = {
  400: "INVALID_ARGUMENT",
  401: "UNAUTHENTICATED",
  403: "PERMISSION_DENIED",
  404: "NOT_FOUND",
  429: "RESOURCE_EXHAUSTED",
  500: "INTERNAL",
  503: "UNAVAILABLE"
}

const error = (code: number, message: string) => ({ error: { code, message, status: statuses[code] ?? "UNKNOWN" } })

const finishReasons = { complete: "STOP", truncated: "MAX_TOKENS", refused: "SAFETY" } as const

/** The Gemini API: `POST /v1beta/models/MODEL:streamGenerateContent`. */
export const google: Dialect = {
  basePath: "/v1beta",
  isQuestion: (path) => /^\/v1beta\/models\/[^/]+:streamGenerateContent$/.test(path),
  opening: () => [],
  piece: (text) => sseEvent({ candidates: [{ index: 0, content: { role: "model", parts: [{ text }] } }] }),
  closing: (_, end, { inputTokens, outputTokens }) => [
    sseEvent({
      candidates: [{ index: 0, content: { role: "model", parts: [{ text: "" }] }, finishReason: finishReasons[end] }],
      usageMetadata: {
        promptTokenCount: inputTokens,
        candidatesTokenCount: outputTokens,
        totalTokenCount: inputTokens + outputTokens
      },
      modelVersion: "loopback"
    })
  ],
  error,
  overloaded: sseEvent(error(503, "Overloaded"))
}
