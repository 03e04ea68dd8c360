import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex } from "@noble/hashes/utils.js"
import { Effect, Stream } from "effect"
import { BlobCorrupt, BlobError, BlobTooLarge } from "./BlobError.ts"

/** Takes bytes in parts; what `createHash("sha256")` of Node gives fits. */
export interface Sha256 {
  readonly update: (bytes: Uint8Array) => unknown
  readonly digest: (encoding: "hex") => string
}

/** Bytes that are counted and hashed as they pass. */
export interface CheckedContent<E, R> {
  /** Fails with `BlobTooLarge` at the part that is too many, with `BlobCorrupt` at its end. */
  readonly content: Stream.Stream<Uint8Array, E | BlobError, R>
  /** Of what has passed, once all has. */
  readonly passed: Effect.Effect<{ readonly sizeBytes: number; readonly sha256: string }>
}

/** How content is checked; `makeHash` is the platform's, by default one in JavaScript. */
export interface ContentChecks {
  readonly key: string
  readonly sha256?: string | undefined
  readonly maxBytes?: number | undefined
  readonly makeHash?: (() => Sha256) | undefined
}

/** Checks content on its way in or out of a store; for stores. Each may be run once. */
export const checkedContent = <E, R>(
  content: Stream.Stream<Uint8Array, E, R>,
  { key, makeHash = portableHash, maxBytes = Number.POSITIVE_INFINITY, sha256: expected }: ContentChecks
): CheckedContent<E, R> => {
  const hash = makeHash()
  let sizeBytes = 0
  let digest: string | undefined
  const finish = () => {
    digest ??= hash.digest("hex")
    return digest
  }
  const pass = (bytes: Uint8Array) =>
    Effect.suspend(() => {
      sizeBytes += bytes.byteLength
      if (sizeBytes > maxBytes) return Effect.fail(new BlobError({ key, reason: new BlobTooLarge({ maxBytes }) }))
      hash.update(bytes)
      return Effect.void
    })
  const compare = Effect.suspend(() =>
    expected === undefined || expected === finish()
      ? Effect.void
      : Effect.fail(new BlobError({ key, reason: new BlobCorrupt({ expected, actual: finish() }) }))
  )
  return {
    content: Stream.concat(Stream.tap(content, pass), Stream.fromEffectDrain(compare)),
    passed: Effect.sync(() => ({ sizeBytes, sha256: finish() }))
  }
}

/** Fails with `BlobCorrupt` for bytes other than those of the checksum; without one all are right. For stores. */
export const checkBytes = (
  bytes: Uint8Array,
  { key, makeHash = portableHash, sha256: expected }: Omit<ContentChecks, "maxBytes">
): Effect.Effect<void, BlobError> =>
  Effect.suspend(() => {
    if (expected === undefined) return Effect.void
    const hash = makeHash()
    hash.update(bytes)
    const actual = hash.digest("hex")
    return actual === expected
      ? Effect.void
      : Effect.fail(new BlobError({ key, reason: new BlobCorrupt({ expected, actual }) }))
  })

const portableHash = (): Sha256 => {
  const hash = sha256.create()
  return { update: (bytes) => hash.update(bytes), digest: () => bytesToHex(hash.digest()) }
}
