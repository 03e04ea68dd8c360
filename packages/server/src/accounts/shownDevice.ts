import type { DeviceSession } from "@timegrid/core/session"
import { hashSecret } from "../authentication/secrets.ts"

/** A session as its user sees it: told apart by a name of its own, since what its store knows of it is nobody's business. */
export const shownDevice = ({ expiresAt, lastAccess, secretHash, userAgent }: DeviceSession) => ({
  id: hashSecret(secretHash),
  userAgent,
  lastAccess,
  expiresAt
})
