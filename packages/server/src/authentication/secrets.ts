import { createHash, randomBytes } from "node:crypto"

/** 256 random bits in base64url: the secret of a session, an API key or a webhook. */
export const makeSecret = (): string => randomBytes(32).toString("base64url")

/** A secret as it is kept. It has 256 bits of its own, so that one round of SHA-256 is enough. */
export const hashSecret = (secret: string): string => createHash("sha256").update(secret).digest("base64url")
