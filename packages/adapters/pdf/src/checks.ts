import { DocumentError, type Limits } from "@timegrid/core"

/** Readers accept bytes before the header up to here (ISO 32000-1, annex H.3.4.1). */
const headerWithin = 1024
const header = "%PDF-"

const bufferOf = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

const startsAt = (bytes: Uint8Array, text: string, at: number): boolean => {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false
  return true
}

/** Whether the bytes show a PDF header where readers accept one. */
export const hasHeader = (bytes: Uint8Array): boolean => {
  const last = Math.min(bytes.length, headerWithin) - header.length
  for (let at = 0; at <= last; at++) if (bytes[at] === 0x25 && startsAt(bytes, header, at)) return true
  return false
}

/** Whether the file still has its end: a file that was cut off has not. */
export const hasEnd = (bytes: Uint8Array): boolean => {
  const tail = bufferOf(bytes).subarray(-headerWithin)
  return tail.includes("%%EOF")
}

/** A sound file has one for each time it was saved. */
const mostOpenActions = 64
/** How far from its key the action that runs on opening is looked for. */
const actionWithin = 256

/**
 * Whether opening the file is to start a program. Launch actions behind a link are let pass: office programs write
 * links to other files so. Actions packed into object streams go unseen here; nothing of ours runs them either.
 */
const launchesOnOpen = (bytes: Uint8Array): boolean => {
  const buffer = bufferOf(bytes)
  const launches = (from: number) => /\/S\s*\/Launch\b/.test(buffer.toString("latin1", from, from + actionWithin))
  let seen = 0
  for (let at = buffer.indexOf("/OpenAction"); at >= 0 && seen < mostOpenActions; seen++) {
    const reference = /^\/OpenAction\s+(\d+)\s+(\d+)\s+R/.exec(buffer.toString("latin1", at, at + actionWithin))
    if (reference === null) {
      if (launches(at)) return true
    } else {
      const object = buffer.indexOf(`${reference[1]} ${reference[2]} obj`)
      if (object >= 0 && launches(object)) return true
    }
    at = buffer.indexOf("/OpenAction", at + 1)
  }
  return false
}

/** How far from its width the other entries of an image's dictionary are looked for. */
const dictionaryWithin = 512

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39

/** Pixels of the largest image. Dictionaries of streams always stand in the clear, also in packed or encrypted files. */
const largestImage = (bytes: Uint8Array): number => {
  const buffer = bufferOf(bytes)
  const key = "/Width "
  let largest = 0
  for (let at = buffer.indexOf(key); at >= 0; ) {
    let next = at + key.length
    if (isDigit(bytes[next])) {
      const before = buffer.toString("latin1", Math.max(0, at - dictionaryWithin), at)
      const after = buffer.toString("latin1", at, at + dictionaryWithin).split("stream", 1)[0]!
      const dictionary = before.slice(before.lastIndexOf("obj") + 1) + after
      const width = Number.parseInt(after.slice(key.length), 10)
      const height = Number(/\/Height\s+(\d+)/.exec(dictionary)?.[1] ?? 0)
      largest = Math.max(largest, width * height)
      // Each byte is looked at but a few times, whatever the file holds.
      next = at + after.length
    }
    at = buffer.indexOf(key, next)
  }
  return largest
}

/** The first limit or rule that the bytes break before anything parses them, or null. */
export const faultOf = (bytes: Uint8Array, limits: Limits): DocumentError | null => {
  if (bytes.length === 0) return new DocumentError({ code: "empty_file", message: "The file is empty." })
  if (bytes.length > limits.fileBytes) {
    const mebibytes = (count: number) => `${(count / 1024 / 1024).toFixed(1)} MiB`
    return new DocumentError({
      code: "file_too_large",
      message: `The file has ${mebibytes(bytes.length)}; at most ${mebibytes(limits.fileBytes)} are read.`
    })
  }
  if (!hasHeader(bytes)) return new DocumentError({ code: "unsupported_type", message: "The file is not a PDF." })
  if (launchesOnOpen(bytes)) {
    return new DocumentError({ code: "active_content", message: "The PDF starts a program when it is opened." })
  }
  const pixels = largestImage(bytes)
  if (pixels > limits.imagePixels) {
    return new DocumentError({
      code: "image_too_large",
      message: `An image in the PDF has ${pixels} pixels; at most ${limits.imagePixels} are read.`
    })
  }
  return null
}
