/** So many characters of what a device says of itself are kept. */
const maxLength = 500

/** What a device says of itself, as every store can keep it: no caller is refused for a header. */
export const userAgentText = (userAgent: string | null | undefined): string | null =>
  userAgent == null ? null : userAgent.replaceAll("\0", "").toWellFormed().slice(0, maxLength).toWellFormed()
