export * as MemorySessionStore from "./MemorySessionStore.ts"
export { SessionError, SessionInvalid, SessionsUnavailable } from "./SessionError.ts"
export {
  type DeviceSession,
  type NewSession,
  type SessionKey,
  SessionStore,
  sessionLifetimeMs,
  sessionTouchMs
} from "./SessionStore.ts"
export { makeSessionToken, readSessionToken, type SessionToken } from "./sessionToken.ts"
export { userAgentText } from "./userAgentText.ts"
