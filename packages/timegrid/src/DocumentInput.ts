import { open } from "node:fs/promises"
import { basename } from "node:path"
import { fileURLToPath } from "node:url"
import { type DocumentError, fileTooLarge, type Limits } from "@timegrid/core"
import { Effect, Stream } from "effect"
import { FileError, type FileErrorCode } from "./FileError.ts"

/** A document as its caller has it: its bytes, a path, a `file:` URL, a `Blob` or `File`, or a stream of bytes. */
export type DocumentInput = Uint8Array | string | URL | Blob | AsyncIterable<Uint8Array>

/** The bytes of a document and what to call it. */
export interface LoadedDocument {
  readonly bytes: Uint8Array
  readonly file: string
}

/**
 * Reads the whole document, and never more than one piece past `limits.fileBytes`, where it fails with
 * `file_too_large`.
 */
export const loadDocument = (
  input: DocumentInput,
  limits: Limits
): Effect.Effect<LoadedDocument, DocumentError | FileError> => {
  if (input instanceof Uint8Array) {
    return Effect.succeed({ bytes: plainBytes(input), file: "document" })
  }
  if (typeof input === "string") {
    return loadFile(input, limits)
  }
  if (input instanceof URL) {
    return Effect.flatMap(filePathOf(input), (path) => loadFile(path, limits))
  }
  const file = input instanceof File ? input.name : "document"
  const stream = input instanceof Blob ? input.stream() : input
  return Effect.map(collect(stream, limits), (bytes) => ({ bytes, file }))
}

const filePathOf = (url: URL): Effect.Effect<string, FileError> =>
  Effect.try({
    try: () => fileURLToPath(url),
    catch: (cause) =>
      new FileError({ code: "not_readable", message: "Only file: URLs are read; nothing is downloaded.", cause })
  })

const loadFile = (path: string, limits: Limits): Effect.Effect<LoadedDocument, DocumentError | FileError> =>
  Effect.acquireUseRelease(
    Effect.tryPromise({ try: () => open(path), catch: fileErrorOf }),
    (handle) => collect(handle.createReadStream({ autoClose: false }), limits),
    (handle) => Effect.promise(() => handle.close())
  ).pipe(Effect.map((bytes) => ({ bytes, file: basename(path) })))

const collect = (
  stream: AsyncIterable<Uint8Array>,
  limits: Limits
): Effect.Effect<Uint8Array, DocumentError | FileError> => {
  const chunks: Array<Uint8Array> = []
  let length = 0
  return Stream.fromAsyncIterable(stream, fileErrorOf).pipe(
    Stream.runForEach((chunk): Effect.Effect<void, DocumentError> => {
      chunks.push(chunk)
      length += chunk.byteLength
      return length > limits.fileBytes ? Effect.fail(fileTooLarge(limits)) : Effect.void
    }),
    Effect.map(() => plainBytes(Buffer.concat(chunks, length)))
  )
}

// A Buffer's methods are not those of the class that it extends, and pdf.js refuses it.
const plainBytes = ({ buffer, byteLength, byteOffset }: Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength)

const fileErrors: Readonly<Record<string, readonly [FileErrorCode, string]>> = {
  ENOENT: ["not_found", "There is no such file."],
  ENOTDIR: ["not_found", "There is no such file."],
  EISDIR: ["is_directory", "This is a folder, not a file."],
  EACCES: ["not_readable", "The file may not be read by this user."],
  EPERM: ["not_readable", "The file may not be read by this user."]
}

const fileErrorOf = (cause: unknown): FileError => {
  const systemCode = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown"
  const [code, message] = fileErrors[systemCode] ?? ["not_readable", `The file cannot be read (${systemCode}).`]
  return new FileError({ code, message, cause })
}
