/** A form with one file, counted while it arrives and refused as soon as it is too large. */
import { Readable } from "node:stream"
import type { ReadableStream } from "node:stream/web"
import { Busboy, type BusboyHeaders } from "@fastify/busboy"
import { Effect } from "effect"
import { Problem } from "../http/Problem.ts"

/** A form that has arrived. */
export interface Upload {
  /** Without folders and control characters; `"document"` where the client says none. */
  readonly fileName: string
  /** What the client says of the file; null where it says nothing. */
  readonly declaredType: string | null
  readonly bytes: Uint8Array
  /** The other fields. */
  readonly fields: Readonly<Record<string, string>>
}

const longestName = 255
const limits = {
  fields: 10,
  fieldNameSize: 100,
  fieldSize: 10_000,
  files: 1,
  parts: 12,
  headerPairs: 20,
  headerSize: 4_000
}

const malformed = (detail: string, cause?: unknown) => new Problem({ code: "malformed_request", detail, cause })

/** Whoever sends less than this in that time keeps others from being taken in, and is let go. */
const leastBytes = 16 * 1024
const defaultPatienceMs = 20_000

/**
 * Reads a `multipart/form-data` request with a file called `file`. Interrupted, it stops reading; it gives up on a form of
 * which next to nothing has arrived for `patienceMs`.
 */
export const readUpload = (
  request: Request,
  maxBytes: number,
  patienceMs = defaultPatienceMs
): Effect.Effect<Upload, Problem> =>
  Effect.callback((resume, signal) => {
    const { body } = request
    const contentType = request.headers.get("content-type") ?? ""
    if (body === null || !/^multipart\/form-data\s*;/i.test(contentType)) {
      resume(Effect.fail(malformed("Send the file as multipart/form-data.")))
      return
    }
    // The compiler has two classes for the one stream of the platform.
    const source = Readable.fromWeb(body as ReadableStream<Uint8Array>)
    let arrivedBytes = 0
    const patience = setInterval(() => {
      if (arrivedBytes < leastBytes) fail(malformed("The form arrives too slowly."))
      arrivedBytes = 0
    }, patienceMs)
    const stop = () => {
      clearInterval(patience)
      source.destroy()
    }
    const settle = (result: Effect.Effect<Upload, Problem>) => {
      stop()
      resume(result)
    }
    const fail = (problem: Problem) => settle(Effect.fail(problem))
    signal.addEventListener("abort", stop)
    source.on("error", (cause) => fail(malformed("The form broke off.", cause)))

    let form: InstanceType<typeof Busboy>
    try {
      const headers: BusboyHeaders = { "content-type": contentType }
      form = new Busboy({ headers, limits: { ...limits, fileSize: maxBytes } })
    } catch (cause) {
      fail(malformed("The form says no boundary.", cause))
      return
    }
    const fields: Record<string, string> = {}
    const files: Array<Omit<Upload, "fields">> = []
    form.on("field", (name, value, isNameCut, isValueCut) => {
      if (isNameCut || isValueCut) fail(malformed("A field of the form is too long."))
      fields[name] = value
    })
    form.on("file", (name, stream, fileName, _encoding, type) => {
      const parts: Array<Buffer> = []
      stream.on("data", (part: Buffer) => parts.push(part))
      // Without a listener a form that breaks off within its file would end the whole process.
      stream.on("error", (cause) => fail(malformed("The form broke off.", cause)))
      stream.on("limit", () =>
        fail(new Problem({ code: "file_too_large", detail: `A file has at most ${maxBytes} bytes here.` }))
      )
      stream.on("end", () => {
        const declaredType = saysNothing.has(type.toLowerCase()) ? null : type.toLowerCase()
        if (name === "file") files.push({ fileName: safeFileName(fileName), declaredType, bytes: Buffer.concat(parts) })
      })
    })
    form.on("filesLimit", () => fail(malformed("Send one file at a time.")))
    form.on("fieldsLimit", () => fail(malformed("The form has too many fields.")))
    form.on("partsLimit", () => fail(malformed("The form has too many parts.")))
    form.on("error", (cause) => fail(malformed("The form broke off.", cause)))
    form.on("finish", () => {
      const file = files[0]
      if (file === undefined) fail(malformed("The form has no file called file."))
      else settle(Effect.succeed({ ...file, fields }))
    })
    source.on("data", (part: Uint8Array) => {
      arrivedBytes += part.byteLength
    })
    source.pipe(form)
  })

// What clients say of any file, and what a part is that says nothing (RFC 7578).
const saysNothing: ReadonlySet<string> = new Set(["", "application/octet-stream", "text/plain"])

// Line ends and marks of direction, with which a name looks like another.
const unseen = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu

/** The last part of a path, without characters that headers or terminals would take for something else. */
export const safeFileName = (name: string): string => {
  const last = name.split(/[\\/]/).at(-1) ?? ""
  return [...last.replaceAll(unseen, "").trim()].slice(-longestName).join("") || "document"
}
