import { Context, type Duration, type Effect, type Option, type Scope, type Stream } from "effect"
import type { BlobCapability } from "./BlobCapability.ts"
import type { BlobError } from "./BlobError.ts"

/** What is known of a blob without reading it. */
export interface StoredBlob {
  readonly key: string
  readonly sizeBytes: number
  /** Null where the store keeps no versions, or a list does not tell them. */
  readonly versionId: string | null
  readonly modifiedAt: Date
}

/** What has been put. */
export interface PutBlob {
  readonly sizeBytes: number
  /** To be read and removed by; null where the store keeps no versions. */
  readonly versionId: string | null
}

/** What is asked of bytes on their way in. */
export interface PutOptions {
  /** SHA-256 in lower-case hexadecimal; other bytes fail with `BlobCorrupt`. Default unchecked. */
  readonly sha256?: string | undefined
  /** The media type to be served with. Default `application/octet-stream`. */
  readonly contentType?: string | undefined
}

/** What is asked of bytes that come in parts. */
export interface PutStreamOptions extends PutOptions {
  /** More bytes fail with `BlobTooLarge`. Default no limit. */
  readonly maxBytes?: number | undefined
}

/** Which bytes are wanted. */
export interface ReadOptions {
  /** Default the last one put. An unknown one is found nowhere. */
  readonly versionId?: string | null | undefined
  /** SHA-256 in lower-case hexadecimal; other bytes fail with `BlobCorrupt`. Default unchecked. */
  readonly sha256?: string | undefined
}

/** A blob that is being read. */
export interface OpenBlob extends StoredBlob {
  /** Can be read once, as long as the scope is open. A checksum is compared at its end. */
  readonly content: Stream.Stream<Uint8Array, BlobError>
}

/** Which bytes a client may send to a presigned address, and until when. */
export interface PresignPostOptions {
  readonly minBytes?: number | undefined
  readonly maxBytes: number
  readonly contentType?: string | undefined
  readonly expiresIn: Duration.Input
}

/** A form that a client posts as `multipart/form-data`: these fields, then the bytes as `file`, the last one. */
export interface PresignedPost {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

/** What a client is let fetch, and until when. */
export interface PresignGetOptions {
  readonly versionId?: string | null | undefined
  readonly expiresIn: Duration.Input
  /** The client saves it under this name. Default as the client likes. */
  readonly fileName?: string | undefined
}

/**
 * Keeps bytes under keys such as `uploads/2026/11/22/<id>.pdf`. A key that `blobKeyFault` finds fault with is refused by
 * every store. Adapters are checked by `blobStoreContract`.
 */
export class BlobStore extends Context.Service<
  BlobStore,
  {
    /** What documents name as their bucket: `"local"` for a store of files. */
    readonly bucket: string
    /** What the server behind it can do; the rest fails with `BlobUnsupported`. */
    readonly capabilities: ReadonlySet<BlobCapability>
    /** Puts all of the bytes under `key` or none of them; replaces what stood there. The bytes are not changed after. */
    readonly put: (key: string, bytes: Uint8Array, options?: PutOptions) => Effect.Effect<PutBlob, BlobError>
    /** As `put`, holding a few parts of the stream at a time. A stream that fails puts nothing and fails with its error. */
    readonly putStream: <E, R>(
      key: string,
      content: Stream.Stream<Uint8Array, E, R>,
      options?: PutStreamOptions
    ) => Effect.Effect<PutBlob & { readonly sha256: string }, BlobError | E, R>
    /** The bytes under `key`; callers do not change them. */
    readonly find: (key: string, options?: ReadOptions) => Effect.Effect<Option.Option<Uint8Array>, BlobError>
    /** What stood under `key` when it was opened is read to its end, whatever is put meanwhile. */
    readonly open: (
      key: string,
      options?: ReadOptions
    ) => Effect.Effect<Option.Option<OpenBlob>, BlobError, Scope.Scope>
    readonly stat: (
      key: string,
      options?: Pick<ReadOptions, "versionId">
    ) => Effect.Effect<Option.Option<StoredBlob>, BlobError>
    /** Every blob whose key begins so, the last version of each; in no certain order. */
    readonly list: (prefix: string) => Stream.Stream<StoredBlob, BlobError>
    /** Removes that version, or what is found without one. Succeeds also where nothing stands under `key`. */
    readonly remove: (key: string, options?: Pick<ReadOptions, "versionId">) => Effect.Effect<void, BlobError>
    /** Removes what writers that died this long ago have left; nobody could read it. How many. */
    readonly sweep: (olderThan: Duration.Input) => Effect.Effect<number, BlobError>
    readonly presignGet: (key: string, options: PresignGetOptions) => Effect.Effect<string, BlobError>
    readonly presignPost: (key: string, options: PresignPostOptions) => Effect.Effect<PresignedPost, BlobError>
  }
>()("@timegrid/core/blob/BlobStore") {}
