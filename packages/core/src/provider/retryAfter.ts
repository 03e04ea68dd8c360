/**
 * Milliseconds that a `Retry-After` header asks to wait (RFC 9110, 10.2.3: seconds, or a date); null where it is absent
 * or says nothing that can be understood. A date that has passed asks for no wait.
 */
export const retryAfterMsOf = (header: string | null | undefined, nowMs: number): number | null => {
  const text = header?.trim() ?? ""
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1_000)
  // Without a letter Date.parse would take "-5" and the like for years.
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs)
}
