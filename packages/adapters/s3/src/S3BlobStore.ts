/** Blobs in a bucket of S3 or of a server that speaks its protocol. Used as a namespace: `S3BlobStore.layer`. */
import { createHash } from "node:crypto"
import {
  AbortMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  paginateListObjectsV2
} from "@aws-sdk/client-s3"
import { createPresignedPost } from "@aws-sdk/s3-presigned-post"
import { getSignedUrl } from "@aws-sdk/s3-request-presigner"
import {
  type BlobCapability,
  BlobError,
  BlobStore,
  BlobUnsupported,
  blobKeyFault,
  checkBlobKey,
  checkBytes,
  checkedContent,
  joinBytes,
  type PutOptions,
  type ReadOptions,
  type StoredBlob
} from "@timegrid/core"
import { Clock, Duration, Effect, Layer, Option, type Scope, Stream } from "effect"
import { type S3ServerOptions, s3Client } from "./s3Client.ts"
import { isMissing, isNotImplemented, s3Failure } from "./s3Failure.ts"
import { unfinishedUploads } from "./unfinishedUploads.ts"
import { upload } from "./upload.ts"

export type { S3Credentials, S3ServerOptions } from "./s3Client.ts"

/** Which bucket, where, and what its server can do. */
export interface S3BlobStoreOptions extends S3ServerOptions {
  /** It is there already. */
  readonly bucket: string
  /**
   * What the server or the bucket cannot do: `"versions"` where versioning is off, `"postSizeRange"` where the server
   * takes what a policy forbids. Default nothing.
   */
  readonly lacks?: ReadonlyArray<BlobCapability> | undefined
  /** Of the parts of a stream, some of which are held in memory. Default 5 MiB, which is the least that S3 takes. */
  readonly partSizeBytes?: number | undefined
}

const all: ReadonlyArray<BlobCapability> = ["versions", "presignedGet", "presignedPost", "postSizeRange"]
const leastPartBytes = 5 * 1024 * 1024
const octets = "application/octet-stream"
const makeHash = () => createHash("sha256")

const attempt = <A>(key: string, ask: (abortSignal: AbortSignal) => Promise<A>): Effect.Effect<A, BlobError> =>
  Effect.tryPromise({ try: ask, catch: s3Failure(key) })

/** None where there is no such object. */
const whereThere = <A>(key: string, ask: (abortSignal: AbortSignal) => Promise<A>) =>
  attempt(key, (signal) =>
    ask(signal).then(Option.some, (error: unknown) => {
      if (isMissing(error)) return Option.none<A>()
      throw error
    })
  )

/** A store whose client ends with the scope. Nothing is asked of the server before the first call. */
export const make = Effect.fnUntraced(function* ({
  bucket,
  lacks = [],
  partSizeBytes = leastPartBytes,
  ...server
}: S3BlobStoreOptions): Effect.fn.Return<BlobStore["Service"], never, Scope.Scope> {
  const client = yield* s3Client(server)
  const capabilities = new Set(all.filter((capability) => !lacks.includes(capability)))
  const keepsVersions = capabilities.has("versions")

  const need = (key: string, capability: BlobCapability) =>
    capabilities.has(capability)
      ? Effect.void
      : Effect.fail(new BlobError({ key, reason: new BlobUnsupported({ capability }) }))

  /** The object that is meant; null for one that cannot be: a faulty key, a version where none are kept. */
  const objectOf = (key: string, versionId: string | null = null) => {
    if (blobKeyFault(key) !== null || (versionId !== null && !keepsVersions)) return null
    return { Bucket: bucket, Key: key, ...(versionId === null ? {} : { VersionId: versionId }) }
  }

  const stampOf = (
    key: string,
    found: Pick<HeadObjectCommandOutput, "ContentLength" | "LastModified" | "VersionId">
  ): StoredBlob => ({
    key,
    sizeBytes: found.ContentLength ?? 0,
    versionId: keepsVersions ? (found.VersionId ?? null) : null,
    modifiedAt: found.LastModified ?? new Date(0)
  })

  const contentOf = (key: string, { Body }: GetObjectCommandOutput, sha256: string | undefined) => {
    // On Node the SDK gives a Readable, whatever else its type allows for browsers.
    const parts = Body as AsyncIterable<Uint8Array> & { readonly destroy: () => void }
    const content = Stream.fromAsyncIterable(parts, s3Failure(key))
    return { destroy: () => parts.destroy(), content: checkedContent(content, { key, sha256, makeHash }).content }
  }

  const open: BlobStore["Service"]["open"] = Effect.fnUntraced(function* (key, options: ReadOptions = {}) {
    const object = objectOf(key, options.versionId)
    if (object === null) return Option.none()
    const found = yield* Effect.acquireRelease(
      Effect.map(
        whereThere(key, (abortSignal) => client.send(new GetObjectCommand(object), { abortSignal })),
        Option.map((answer) => ({ ...stampOf(key, answer), ...contentOf(key, answer, options.sha256) }))
      ),
      (opened) => Effect.sync(() => Option.getOrNull(opened)?.destroy())
    )
    return Option.map(found, ({ destroy: _, ...blob }) => blob)
  })

  return {
    bucket,
    capabilities,
    put: Effect.fn("S3BlobStore.put")(function* (key: string, bytes: Uint8Array, options: PutOptions = {}) {
      yield* checkBlobKey(key)
      yield* checkBytes(bytes, { key, sha256: options.sha256, makeHash })
      const params = { Bucket: bucket, Key: key, Body: bytes, ContentType: options.contentType ?? octets }
      const { VersionId } = yield* attempt(key, (abortSignal) =>
        client.send(new PutObjectCommand(params), { abortSignal })
      )
      return { sizeBytes: bytes.byteLength, versionId: keepsVersions ? (VersionId ?? null) : null }
    }),
    putStream: Effect.fn("S3BlobStore.putStream")(function* (key, stream, options = {}) {
      yield* checkBlobKey(key)
      const { contentType: ContentType = octets, maxBytes, sha256 } = options
      const { content, passed } = checkedContent(stream, { key, maxBytes, sha256, makeHash })
      const params = { Bucket: bucket, Key: key, ContentType }
      const versionId = yield* upload(content, { client, key, params, partSizeBytes })
      return { ...(yield* passed), versionId: keepsVersions ? versionId : null }
    }),
    find: Effect.fn("S3BlobStore.find")((key, options) =>
      Effect.scoped(
        Effect.flatMap(
          open(key, options),
          Option.match({
            onNone: () => Effect.succeedNone,
            onSome: ({ content }) => Effect.map(joinBytes(content), Option.some)
          })
        )
      )
    ),
    open,
    stat: Effect.fn("S3BlobStore.stat")(function* (key, { versionId } = {}) {
      const object = objectOf(key, versionId)
      if (object === null) return Option.none()
      const found = yield* whereThere(key, (abortSignal) => client.send(new HeadObjectCommand(object), { abortSignal }))
      return Option.map(found, (answer) => stampOf(key, answer))
    }),
    list: (prefix) =>
      Stream.suspend(() =>
        Stream.fromAsyncIterable(
          paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }),
          s3Failure(prefix)
        )
      ).pipe(
        Stream.map(({ Contents = [] }) =>
          Contents.flatMap(({ Key, LastModified = new Date(0), Size = 0 }) =>
            Key === undefined ? [] : [{ key: Key, sizeBytes: Size, versionId: null, modifiedAt: LastModified }]
          )
        ),
        Stream.flattenIterable
      ),
    remove: Effect.fn("S3BlobStore.remove")(function* (key, { versionId } = {}) {
      const object = objectOf(key, versionId)
      if (object === null) return
      yield* whereThere(key, (abortSignal) => client.send(new DeleteObjectCommand(object), { abortSignal }))
    }),
    sweep: Effect.fn("S3BlobStore.sweep")(function* (olderThan) {
      const limit = (yield* Clock.currentTimeMillis) - Duration.toMillis(Duration.fromInputUnsafe(olderThan))
      const uploads = yield* attempt("", (signal) => unfinishedUploads(client, bucket, signal)).pipe(
        // A server that cannot list them has to end them by a rule of its own.
        Effect.catchIf(
          ({ reason }) => reason._tag === "BlobStoreUnavailable" && isNotImplemented(reason.cause),
          () => Effect.succeed([])
        )
      )
      const dead = uploads.filter(({ Initiated }) => Initiated !== undefined && Initiated.getTime() <= limit)
      yield* Effect.forEach(dead, ({ Key, UploadId }) =>
        attempt(Key ?? "", (abortSignal) =>
          client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }), { abortSignal })
        )
      )
      return dead.length
    }),
    presignGet: Effect.fn("S3BlobStore.presignGet")(function* (key, { expiresIn, fileName, versionId }) {
      yield* checkBlobKey(key)
      yield* need(key, "presignedGet")
      if (versionId !== undefined && versionId !== null) yield* need(key, "versions")
      const command = new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        ...(versionId === undefined || versionId === null ? {} : { VersionId: versionId }),
        ...(fileName === undefined ? {} : { ResponseContentDisposition: attachment(fileName) })
      })
      return yield* attempt(key, () => getSignedUrl(client, command, { expiresIn: secondsOf(expiresIn) }))
    }),
    presignPost: Effect.fn("S3BlobStore.presignPost")(function* (key, options) {
      yield* checkBlobKey(key)
      yield* need(key, "presignedPost")
      const { contentType = octets, expiresIn, maxBytes, minBytes = 0 } = options
      return yield* attempt(key, () =>
        createPresignedPost(client, {
          Bucket: bucket,
          Key: key,
          Fields: { "Content-Type": contentType },
          Conditions: [["content-length-range", minBytes, maxBytes]],
          Expires: secondsOf(expiresIn)
        })
      )
    })
  }
})

const secondsOf = (time: Duration.Input) => Math.ceil(Duration.toSeconds(Duration.fromInputUnsafe(time)))

/** By RFC 6266, so that a name in any writing arrives. */
const attachment = (fileName: string) =>
  `attachment; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`

/** Provides `BlobStore`. */
export const layer = (options: S3BlobStoreOptions): Layer.Layer<BlobStore> => Layer.effect(BlobStore, make(options))
