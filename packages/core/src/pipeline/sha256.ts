import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { Effect } from "effect"

// Core compiles without the types of a platform; every platform that it runs on has both.
declare const crypto: {
  readonly subtle: { readonly digest: (algorithm: "SHA-256", data: Uint8Array) => Promise<ArrayBuffer> }
}
declare const TextEncoder: new () => { readonly encode: (text: string) => Uint8Array }

const encoder = new TextEncoder()

/** UTF-8. */
export const bytesOfText = (text: string): Uint8Array => encoder.encode(text)

/** The SHA-256 of short text in lower-case hexadecimal, at once: the platform's digest costs tens of microseconds. */
export const hashText = (text: string): string => bytesToHex(sha256(bytesOfText(text)))

/** From here on the platform's digest is the faster one, and it leaves the thread free meanwhile. */
const longBytes = 16 * 1024

/** The SHA-256 of bytes of any length in lower-case hexadecimal. */
export const hashBytes = (bytes: Uint8Array): Effect.Effect<string> =>
  bytes.byteLength < longBytes
    ? Effect.sync(() => bytesToHex(sha256(bytes)))
    : Effect.promise(() => crypto.subtle.digest("SHA-256", bytes)).pipe(
        Effect.map((digest) => bytesToHex(new Uint8Array(digest)))
      )
