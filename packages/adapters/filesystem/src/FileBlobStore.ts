/** Blobs in a folder, one file each. Used as a namespace: `FileBlobStore.layer`. */
import { createHash, randomUUID } from "node:crypto"
import { type FileHandle, open as openFile, readdir, rename, rm, stat as statOf } from "node:fs/promises"
import path from "node:path"
import {
  type BlobCapability,
  BlobError,
  BlobRefused,
  BlobStore,
  BlobUnsupported,
  blobKeyFault,
  checkBlobKey,
  checkBytes,
  checkedContent,
  type PutOptions,
  type StoredBlob
} from "@timegrid/core"
import { Clock, Duration, Effect, Exit, Layer, Option, Stream } from "effect"
import { makeFolder, syncFolder } from "./durably.ts"
import { fileFailure, isMissing } from "./fileFailure.ts"
import { filePath } from "./fileNames.ts"
import { filesUnder } from "./filesUnder.ts"

/** Where the blobs lie. */
export interface FileBlobStoreOptions {
  /** Made when it is not there. Nobody else may write in it; it lies on one file system. */
  readonly folder: string
  /** Default `"local"`, as the rows of documents have it. */
  readonly bucket?: string
}

/** Blobs on their way in, beside the keys: no key begins with a dot here. */
const incoming = ".incoming"

const makeHash = () => createHash("sha256")

const attempt = <A>(key: string, work: () => Promise<A>): Effect.Effect<A, BlobError> =>
  Effect.tryPromise({ try: work, catch: fileFailure(key) })

/** None where there is no such file. */
const whereThere = <A>(key: string, work: () => Promise<A>): Effect.Effect<Option.Option<A>, BlobError> =>
  attempt(key, () =>
    work().then(Option.some, (error: unknown) => {
      if (isMissing(error)) return Option.none<A>()
      throw error
    })
  )

const stampOf = (key: string, { mtime, size }: { readonly mtime: Date; readonly size: number }): StoredBlob => ({
  key,
  sizeBytes: size,
  versionId: null,
  modifiedAt: mtime
})

/**
 * A store in a folder, which it makes. A blob is written beside its place, brought to the disk, and then moved there in
 * one step: at any moment, and after a loss of power, there is the old one or the new one. A file system cannot hold a
 * key that is another's folder (`a` beside `a/b`): the second is refused. Keeps no versions.
 */
export const make = Effect.fnUntraced(function* ({
  bucket = "local",
  folder: where
}: FileBlobStoreOptions): Effect.fn.Return<BlobStore["Service"], BlobError> {
  const folder = path.resolve(where)
  const arrivals = path.join(folder, incoming)
  yield* attempt("", () => makeFolder(arrivals))

  const fileToWrite = Effect.fnUntraced(function* (key: string) {
    yield* checkBlobKey(key)
    const file = filePath(folder, key)
    if (file !== null) return file
    return yield* new BlobError({
      key,
      reason: new BlobRefused({ cause: "A part of the key is too long for a file." })
    })
  })
  const fileToRead = (key: string) => (blobKeyFault(key) === null ? filePath(folder, key) : null)

  /** Whatever `write` puts into the file becomes the blob; when it fails or is interrupted nothing is left of it. */
  const place = Effect.fnUntraced(function* <A, E, R>(
    key: string,
    write: (handle: FileHandle) => Effect.Effect<A, E, R>
  ) {
    const file = yield* fileToWrite(key)
    const arrival = path.join(arrivals, randomUUID())
    return yield* Effect.acquireUseRelease(
      attempt(key, () => openFile(arrival, "wx", 0o600)),
      (handle) =>
        Effect.gen(function* () {
          const written = yield* write(handle)
          yield* attempt(key, () => handle.sync())
          yield* Effect.uninterruptible(
            attempt(key, async () => {
              await makeFolder(path.dirname(file))
              await rename(arrival, file)
              await syncFolder(path.dirname(file))
            })
          )
          return written
        }),
      (handle, exit) =>
        Effect.promise(async () => {
          await handle.close().catch(() => {})
          if (Exit.isFailure(exit)) await rm(arrival, { force: true }).catch(() => {})
        })
    )
  })

  const open: BlobStore["Service"]["open"] = Effect.fnUntraced(function* (key, { sha256, versionId = null } = {}) {
    const file = fileToRead(key)
    if (file === null || versionId !== null) return Option.none()
    const handle = yield* Effect.acquireRelease(
      whereThere(key, () => openFile(file, "r")),
      (opened) =>
        Effect.promise(async () =>
          Option.getOrNull(opened)
            ?.close()
            .catch(() => {})
        )
    )
    if (Option.isNone(handle)) return Option.none()
    const stats = yield* attempt(key, () => handle.value.stat())
    if (!stats.isFile()) return Option.none()
    const read = () => handle.value.createReadStream({ autoClose: false, start: 0 })
    // Without an encoding a file is read as buffers.
    const parts = Stream.suspend(() => Stream.fromAsyncIterable<Uint8Array, BlobError>(read(), fileFailure(key)))
    return Option.some({ ...stampOf(key, stats), content: checkedContent(parts, { key, sha256, makeHash }).content })
  })

  const unsupported = (key: string, capability: BlobCapability) =>
    Effect.fail(new BlobError({ key, reason: new BlobUnsupported({ capability }) }))

  return {
    bucket,
    capabilities: new Set(),
    put: Effect.fn("FileBlobStore.put")(function* (key: string, bytes: Uint8Array, { sha256 }: PutOptions = {}) {
      yield* checkBytes(bytes, { key, sha256, makeHash })
      yield* place(key, (handle) => attempt(key, () => handle.writeFile(bytes)))
      return { sizeBytes: bytes.byteLength, versionId: null }
    }),
    putStream: Effect.fn("FileBlobStore.putStream")(function* (key, stream, { maxBytes, sha256 } = {}) {
      const { content, passed } = checkedContent(stream, { key, maxBytes, sha256, makeHash })
      yield* place(key, (handle) => Stream.runForEach(content, (part) => attempt(key, () => handle.writeFile(part))))
      return { ...(yield* passed), versionId: null }
    }),
    find: Effect.fn("FileBlobStore.find")(function* (key, { sha256, versionId = null } = {}) {
      const file = fileToRead(key)
      if (file === null || versionId !== null) return Option.none()
      const bytes = yield* whereThere(key, async () => {
        const handle = await openFile(file, "r")
        try {
          return await handle.readFile()
        } finally {
          await handle.close()
        }
      })
      if (Option.isSome(bytes)) yield* checkBytes(bytes.value, { key, sha256, makeHash })
      return bytes
    }),
    open,
    stat: Effect.fn("FileBlobStore.stat")(function* (key, { versionId = null } = {}) {
      const file = fileToRead(key)
      if (file === null || versionId !== null) return Option.none()
      const stats = yield* whereThere(key, () => statOf(file))
      return Option.map(
        Option.filter(stats, (found) => found.isFile()),
        (found) => stampOf(key, found)
      )
    }),
    list: (prefix) =>
      Stream.map(Stream.fromAsyncIterable(filesUnder(folder, prefix), fileFailure(prefix)), ({ key, stats }) =>
        stampOf(key, stats)
      ),
    remove: Effect.fn("FileBlobStore.remove")(function* (key, { versionId = null } = {}) {
      const file = fileToRead(key)
      if (file === null || versionId !== null) return
      yield* Effect.uninterruptible(
        whereThere(key, async () => {
          // Not a folder: that may be the way to another blob.
          await rm(file)
          await syncFolder(path.dirname(file))
        })
      )
    }),
    sweep: Effect.fn("FileBlobStore.sweep")(function* (olderThan) {
      const limit = (yield* Clock.currentTimeMillis) - Duration.toMillis(Duration.fromInputUnsafe(olderThan))
      const names = yield* attempt(incoming, () => readdir(arrivals))
      const removed = yield* Effect.forEach(names, (name) =>
        whereThere(incoming, async () => {
          const arrival = path.join(arrivals, name)
          if ((await statOf(arrival)).mtimeMs > limit) return 0
          await rm(arrival)
          return 1
        })
      )
      return removed.reduce((count, one) => count + Option.getOrElse(one, () => 0), 0)
    }),
    presignGet: (key) => unsupported(key, "presignedGet"),
    presignPost: (key) => unsupported(key, "presignedPost")
  }
})

/** Provides `BlobStore`; fails with `BlobRefused` where the folder cannot be made. */
export const layer = (options: FileBlobStoreOptions): Layer.Layer<BlobStore, BlobError> =>
  Layer.effect(BlobStore, make(options))
