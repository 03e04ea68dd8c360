export * as MemoryRateLimiter from "./MemoryRateLimiter.ts"
export { type RateLimit, type RateLimitDecision, RateLimiter, rateLimitWindowMs } from "./RateLimiter.ts"
