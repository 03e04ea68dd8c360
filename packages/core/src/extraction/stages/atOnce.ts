/**
 * How the stages run that work on this machine alone: once, since the same bytes would fail again and cost the same
 * time again, and without a second look at what they give, which the compiler has seen and the tests of each artifact.
 */
export const atOnce = { retry: { transientRetries: 0, rateLimitedRetries: 0 }, isTrusted: true } as const
