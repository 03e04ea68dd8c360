/** Artifacts at rest: encoded by their schema, addressed by the hash of what they hold. */
import { Effect, Option } from "effect"
import * as z from "zod"
import type { BlobError } from "../blob/BlobError.ts"
import type { BlobStore } from "../blob/BlobStore.ts"
import { bytesIn, bytesNamedIn, canonicalJson, parseCanonicalJson } from "./canonicalJson.ts"
import { ArtifactInvalid } from "./PipelineError.ts"
import { bytesOfText, hashBytes, hashText } from "./sha256.ts"

declare const TextDecoder: new () => { readonly decode: (bytes: Uint8Array) => string }

/** Schemas of artifacts by name. They must be synchronous, and what they encode to must be JSON and bytes. */
export type Schemas = Readonly<Record<string, z.ZodType>>

/** The values that fit {@link Schemas}. */
export type ArtifactsOf<S extends Schemas> = { readonly [Name in keyof S]: z.output<S[Name]> }

/** Where an artifact rests. */
export const ArtifactRef = z.object({
  /** SHA-256 of the artifact's canonical text, in lower-case hexadecimal. */
  hash: z.string(),
  /** The text itself where it is short; else it lies in the blob store. */
  json: z.string().optional()
})
export type ArtifactRef = z.output<typeof ArtifactRef>

/** A value and, in a journalled run, where it rests. */
export interface Slot {
  readonly value: unknown
  readonly ref: ArtifactRef | null
}

/** Artifacts of a run by name. */
export type Slots = Readonly<Record<string, Slot>>

/** Longer texts go into the blob store. */
const longText = 2_048

/** Where the canonical text, or bytes inside an artifact, with this hash are stored. */
export const artifactKey = (hash: string): string => `artifacts/${hash.slice(0, 2)}/${hash}`

/** What `schema` makes of a value on its way to a store and back, without a store. */
export const normalise = (name: string, schema: z.ZodType, value: unknown, from: "caller" | "stage"): unknown => {
  try {
    return z.decode(schema, z.encode(schema, value))
  } catch (cause) {
    throw new ArtifactInvalid({ artifact: name, from, cause })
  }
}

/**
 * Stores a value and gives back what reading it will give, so that a later stage sees the same whether or not the run
 * was restarted in between.
 */
export const store = Effect.fnUntraced(function* (
  blobs: BlobStore["Service"],
  name: string,
  schema: z.ZodType,
  value: unknown,
  from: "caller" | "stage"
): Effect.fn.Return<Slot, ArtifactInvalid | BlobError> {
  const invalid = (cause: unknown) => new ArtifactInvalid({ artifact: name, from, cause })
  const encoded = yield* Effect.try({ try: () => z.encode(schema, value), catch: invalid })
  const bytesByHash = new Map<string, Uint8Array>()
  const hashes = new Map<Uint8Array, string>()
  for (const bytes of bytesIn(encoded)) {
    const hash = yield* hashBytes(bytes)
    hashes.set(bytes, hash)
    bytesByHash.set(hash, bytes)
  }
  const text = yield* Effect.try({ try: () => canonicalJson(encoded, (bytes) => hashes.get(bytes)!), catch: invalid })
  for (const [hash, bytes] of bytesByHash) yield* blobs.put(artifactKey(hash), bytes)
  const given = yield* decode(name, schema, text, bytesByHash)
  if (text.length <= longText) return { value: given, ref: { hash: hashText(text), json: text } }
  const textBytes = bytesOfText(text)
  const hash = yield* hashBytes(textBytes)
  yield* blobs.put(artifactKey(hash), textBytes)
  return { value: given, ref: { hash } }
})

/** Reads a stored artifact back; fails with `ArtifactInvalid` where bytes are gone or no longer fit the schema. */
export const load = Effect.fnUntraced(function* (
  blobs: BlobStore["Service"],
  name: string,
  schema: z.ZodType,
  ref: ArtifactRef
): Effect.fn.Return<Slot, ArtifactInvalid | BlobError> {
  const read = Effect.fnUntraced(function* (hash: string) {
    const bytes = Option.getOrNull(yield* blobs.find(artifactKey(hash)))
    if (bytes !== null && (yield* hashBytes(bytes)) === hash) return bytes
    const cause = `the blob ${artifactKey(hash)} is ${bytes === null ? "gone" : "not what was stored"}`
    return yield* new ArtifactInvalid({ artifact: name, from: "store", cause })
  })
  const text = ref.json ?? new TextDecoder().decode(yield* read(ref.hash))
  const bytesByHash = new Map<string, Uint8Array>()
  for (const hash of bytesNamedIn(text)) bytesByHash.set(hash, yield* read(hash))
  return { value: yield* decode(name, schema, text, bytesByHash), ref }
})

const decode = (name: string, schema: z.ZodType, text: string, bytes: ReadonlyMap<string, Uint8Array>) =>
  Effect.try({
    try: () =>
      z.decode(
        schema,
        // A schema decodes only what it encoded; what a store has spoilt fails here.
        parseCanonicalJson(text, (hash) => bytes.get(hash)!) as z.input<typeof schema>
      ),
    catch: (cause) => new ArtifactInvalid({ artifact: name, from: "store", cause })
  })
