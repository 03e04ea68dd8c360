/** Blobs in memory. Used as a namespace: `MemoryBlobStore.layer`. */
import { Clock, Effect, Layer, Option, Stream } from "effect"
import type { BlobCapability } from "./BlobCapability.ts"
import { BlobError, BlobUnsupported } from "./BlobError.ts"
import { BlobStore, type PutOptions, type StoredBlob } from "./BlobStore.ts"
import { checkBlobKey } from "./blobKey.ts"
import { checkBytes, checkedContent } from "./checkedContent.ts"
import { joinBytes } from "./joinBytes.ts"

/** What can be chosen of {@link make}. */
export interface MemoryBlobOptions {
  /** Keeps what is replaced or removed, to be read by its version. Default false. */
  readonly versions?: boolean
}

interface Version extends StoredBlob {
  readonly bytes: Uint8Array
  /** What a removal leaves where versions are kept: older ones can be read, the key is empty. */
  readonly isRemoval: boolean
}

/** A store of its own that lives as long as it is referred to. */
export const make = ({ versions = false }: MemoryBlobOptions = {}): BlobStore["Service"] => {
  /** The versions of each key, the last one last; only that one where none are kept. */
  const blobs = new Map<string, ReadonlyArray<Version>>()
  let written = 0

  const write = (key: string, bytes: Uint8Array, isRemoval: boolean) =>
    Effect.map(Clock.currentTimeMillis, (now) => {
      written += 1
      const versionId = versions ? String(written) : null
      const version = { key, bytes, sizeBytes: bytes.byteLength, versionId, modifiedAt: new Date(now), isRemoval }
      blobs.set(key, versions ? [...(blobs.get(key) ?? []), version] : [version])
      return version
    })

  const versionOf = (key: string, versionId: string | null = null): Version | undefined => {
    const known = blobs.get(key)
    const version = versionId === null ? known?.at(-1) : known?.find((one) => one.versionId === versionId)
    return version?.isRemoval === true ? undefined : version
  }

  const find: BlobStore["Service"]["find"] = Effect.fnUntraced(function* (key, { sha256, versionId } = {}) {
    const version = versionOf(key, versionId)
    if (version === undefined) return Option.none()
    yield* checkBytes(version.bytes, { key, sha256 })
    return Option.some(version.bytes)
  })

  const put = Effect.fnUntraced(function* (key: string, bytes: Uint8Array, { sha256 }: PutOptions = {}) {
    yield* checkBlobKey(key)
    yield* checkBytes(bytes, { key, sha256 })
    const { sizeBytes, versionId } = yield* write(key, bytes, false)
    return { sizeBytes, versionId }
  })

  const unsupported = (key: string, capability: BlobCapability) =>
    Effect.fail(new BlobError({ key, reason: new BlobUnsupported({ capability }) }))

  return {
    bucket: "memory",
    capabilities: new Set(versions ? ["versions"] : []),
    put,
    putStream: Effect.fnUntraced(function* (key, stream, { maxBytes, sha256 } = {}) {
      yield* checkBlobKey(key)
      const { content, passed } = checkedContent(stream, { key, maxBytes, sha256 })
      const stored = yield* put(key, yield* joinBytes(content))
      return { ...stored, sha256: (yield* passed).sha256 }
    }),
    find,
    open: (key, { sha256, versionId } = {}) =>
      Effect.sync(() =>
        Option.map(Option.fromNullishOr(versionOf(key, versionId)), (version) => ({
          ...stampOf(version),
          content: checkedContent(Stream.succeed(version.bytes), { key, sha256 }).content
        }))
      ),
    stat: (key, { versionId } = {}) =>
      Effect.sync(() => Option.map(Option.fromNullishOr(versionOf(key, versionId)), stampOf)),
    list: (prefix) =>
      Stream.suspend(() => {
        const found = [...blobs.keys()].filter((key) => key.startsWith(prefix)).map((key) => versionOf(key))
        return Stream.fromIterable(found.filter((version) => version !== undefined).map(stampOf))
      }),
    remove: (key, { versionId = null } = {}) =>
      Effect.suspend(() => {
        if (versions && versionId === null) {
          return versionOf(key) === undefined ? Effect.void : Effect.asVoid(write(key, new Uint8Array(0), true))
        }
        const left = (blobs.get(key) ?? []).filter((one) => versionId !== null && one.versionId !== versionId)
        if (left.length > 0) blobs.set(key, left)
        else blobs.delete(key)
        return Effect.void
      }),
    sweep: () => Effect.succeed(0),
    presignGet: (key) => unsupported(key, "presignedGet"),
    presignPost: (key) => unsupported(key, "presignedPost")
  }
}

const stampOf = ({ key, modifiedAt, sizeBytes, versionId }: Version): StoredBlob => ({
  key,
  modifiedAt,
  sizeBytes,
  versionId
})

/** Provides `BlobStore`; what it holds is gone with the process. */
export const layer: Layer.Layer<BlobStore> = Layer.sync(BlobStore, () => make())

/** As {@link layer}, and keeps versions. */
export const layerVersioned: Layer.Layer<BlobStore> = Layer.sync(BlobStore, () => make({ versions: true }))
