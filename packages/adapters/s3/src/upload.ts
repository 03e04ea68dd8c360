/** Uploads in parts that leave nothing behind when they come to no end. */
import { Readable } from "node:stream"
import type { PutObjectCommandInput, S3Client } from "@aws-sdk/client-s3"
import { Upload } from "@aws-sdk/lib-storage"
import type { BlobError } from "@timegrid/core"
import { type Cause, Effect, Stream } from "effect"
import { s3Failure } from "./s3Failure.ts"

/** Where a stream goes. */
export interface UploadTarget {
  readonly client: S3Client
  readonly key: string
  readonly partSizeBytes: number
  readonly params: Omit<PutObjectCommandInput, "Body">
}

/**
 * The version of the object, if it has one. An upload that fails or is interrupted has been aborted when this ends: the
 * parts that are under way are waited for, since one that arrives later would stay.
 */
export const upload = Effect.fnUntraced(function* <E, R>(
  content: Stream.Stream<Uint8Array, E, R>,
  { client, key, params, partSizeBytes }: UploadTarget
): Effect.fn.Return<string | null, BlobError | E, R> {
  let failure: Cause.Cause<E> | undefined
  const remembered = Stream.tapCause(content, (cause) => Effect.sync(() => (failure = cause)))
  const parts = yield* Stream.toAsyncIterableEffect(remembered)
  return yield* Effect.callback<string | null, BlobError | E>((resume) => {
    const controller = new AbortController()
    const body = Readable.from(untilAborted(parts, controller.signal), { objectMode: false })
    const done = new Upload({ client, params: { ...params, Body: body }, partSize: partSizeBytes }).done()
    done.then(
      ({ VersionId }) => resume(Effect.succeed(VersionId ?? null)),
      (error: unknown) => resume(failure === undefined ? Effect.fail(s3Failure(key)(error)) : Effect.failCause(failure))
    )
    return Effect.promise(async () => {
      // Not by the upload's own abort: that gives up without asking the server to.
      controller.abort(new Error("The upload was interrupted."))
      await done.catch(() => {})
    })
  })
})

async function* untilAborted(source: AsyncIterable<Uint8Array>, signal: AbortSignal) {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true })
  })
  aborted.catch(() => {})
  const iterator = source[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await Promise.race([iterator.next(), aborted])
      if (next.done === true) return
      if (next.value.byteLength > 0) yield next.value
    }
  } finally {
    // Not waited for: the source may be stuck in what it was asked for last.
    iterator.return?.().catch(() => {})
  }
}
