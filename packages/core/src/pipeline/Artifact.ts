/** Artifacts at rest: encoded by their schema, addressed by the hash of what they hold. */
import { Effect, Option } from "effect"
import * as z from "zod"
import type { BlobError } from "../blob/BlobError.ts"
import type { BlobStore } from "../blob/BlobStore.ts"
import { bytesIn, bytesNamedIn, canonicalJson, parseCanonicalJson } from "./canonicalJson.ts"
import { ArtifactInvalid } from "./PipelineError.ts"
import { bytesOfText, hashBytes } from "./sha256.ts"

declare const TextDecoder: new () => { readonly decode: (bytes: Uint8Array) => string }

/** Schemas of artifacts by name. They must be synchronous, and what they encode to must be JSON and bytes. */
export type Schemas = Readonly<Record<string, z.ZodType>>

/** The values that fit {@link Schemas}. */
export type ArtifactsOf<S extends Schemas> = { readonly [Name in keyof S]: z.output<S[Name]> }

/** Where an artifact rests: its canonical text itself where that is short, else the hash that it lies under. */
export const ArtifactRef = z.union([
  z.object({ json: z.string() }),
  /** SHA-256 of the text, in lower-case hexadecimal; it lies in the blob store. */
  z.object({ hash: z.string() })
])
export type ArtifactRef = z.output<typeof ArtifactRef>

/** A value and, in a journalled run, where it rests. */
export interface Slot {
  readonly value: unknown
  readonly ref: ArtifactRef | null
}

/** What tells artifacts apart: equal for those with the same content, and only for them. */
export const addressOf = (ref: ArtifactRef): string => ("json" in ref ? `json ${ref.json}` : `hash ${ref.hash}`)

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
export const store = (
  blobs: BlobStore["Service"],
  name: string,
  schema: z.ZodType,
  value: unknown,
  from: "caller" | "stage"
): Effect.Effect<Slot, ArtifactInvalid | BlobError> => {
  const invalid = (cause: unknown) => new ArtifactInvalid({ artifact: name, from, cause })
  const keep = (
    encoded: unknown,
    hashes: ReadonlyMap<Uint8Array, string>
  ): Effect.Effect<Slot, ArtifactInvalid | BlobError> =>
    Effect.flatMap(
      Effect.try({ try: () => written(schema, encoded, hashes), catch: invalid }),
      ({ text, value: read }): Effect.Effect<Slot, BlobError> =>
        text.length <= longText
          ? Effect.succeed({ value: read, ref: { json: text } })
          : Effect.map(put(blobs, bytesOfText(text)), (hash) => ({ value: read, ref: { hash } }))
    )
  return Effect.flatMap(Effect.try({ try: () => z.encode(schema, value), catch: invalid }), (encoded) => {
    const bytes = bytesIn(encoded)
    return bytes.size === 0
      ? keep(encoded, new Map())
      : Effect.flatMap(
          Effect.forEach(bytes, (each) => Effect.map(put(blobs, each), (hash) => [each, hash] as const)),
          (hashes) => keep(encoded, new Map(hashes))
        )
  })
}

/** The canonical text of a value, and what reading that will give. */
const written = (schema: z.ZodType, encoded: unknown, hashes: ReadonlyMap<Uint8Array, string>) => {
  const text = canonicalJson(encoded, (bytes) => hashes.get(bytes)!)
  const bytesByHash = new Map([...hashes].map(([bytes, hash]) => [hash, bytes]))
  return { text, value: readFrom(schema, text, bytesByHash) }
}

/** Puts bytes under their hash. */
const put = (blobs: BlobStore["Service"], bytes: Uint8Array): Effect.Effect<string, BlobError> =>
  Effect.flatMap(hashBytes(bytes), (hash) => Effect.as(blobs.put(artifactKey(hash), bytes), hash))

const readFrom = (schema: z.ZodType, text: string, bytes: ReadonlyMap<string, Uint8Array>): unknown =>
  // A schema decodes only what it encoded; what a store has spoilt throws here.
  z.decode(schema, parseCanonicalJson(text, (hash) => bytes.get(hash)!) as z.input<typeof schema>)

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
  const text = "json" in ref ? ref.json : new TextDecoder().decode(yield* read(ref.hash))
  const bytesByHash = new Map<string, Uint8Array>()
  for (const hash of bytesNamedIn(text)) bytesByHash.set(hash, yield* read(hash))
  const value = yield* Effect.try({
    try: () => readFrom(schema, text, bytesByHash),
    catch: (cause) => new ArtifactInvalid({ artifact: name, from: "store", cause })
  })
  return { value, ref }
})
