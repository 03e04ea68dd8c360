import { Effect } from "effect"

// Core compiles without the types of a platform; every platform that it runs on has WebCrypto.
declare const crypto: {
  readonly subtle: { readonly digest: (algorithm: "SHA-256", data: Uint8Array) => Promise<ArrayBuffer> }
}

/** `sha256:` and the digest of the bytes in lower-case hexadecimal. */
export const hashDocument = (bytes: Uint8Array): Effect.Effect<string> =>
  Effect.promise(() => crypto.subtle.digest("SHA-256", bytes)).pipe(
    Effect.map((digest) => `sha256:${hexadecimal(new Uint8Array(digest))}`)
  )

const hexadecimal = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
