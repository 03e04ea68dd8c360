const codes: Readonly<Record<number, string>> = {
  401: "invalid_api_key",
  404: "model_not_found",
  429: "rate_limit_exceeded",
  500: "server_error"
}

/** How OpenAI, and who is compatible with it, says that something is wrong. */
export const openaiError = (status: number, message: string): unknown => ({
  error: {
    message,
    type: status < 500 ? "invalid_request_error" : "server_error",
    param: null,
    code: codes[status] ?? null
  }
})
