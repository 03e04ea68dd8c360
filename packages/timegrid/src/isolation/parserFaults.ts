import { DocumentError, type Limits } from "@timegrid/core"
import type { ProcessUsage } from "./processUsage.ts"
import { outOfMemorySignal } from "./protocol.ts"

/** What a parser process has used for one document. */
export interface DocumentUsage {
  readonly wallSeconds: number
  /** Null where the system does not tell. */
  readonly process: ProcessUsage | null
  /** Processor time that the process had used before the document. */
  readonly cpuSecondsBefore: number
}

/** The error for the first limit that a document passes, or null while it passes none. */
export const passedLimit = (
  limits: Limits,
  { cpuSecondsBefore, process: used, wallSeconds }: DocumentUsage
): DocumentError | null => {
  if (wallSeconds > limits.wallSeconds) {
    return tooSlow(`${limits.wallSeconds} seconds`)
  }
  if (used !== null && used.cpuSeconds - cpuSecondsBefore > limits.cpuSeconds) {
    return tooSlow(`${limits.cpuSeconds} seconds of processor time`)
  }
  if (used !== null && used.residentBytes > limits.memoryBytes) {
    const mebibytes = Math.round(limits.memoryBytes / 1024 / 1024)
    return new DocumentError({
      code: "decompression_bomb",
      message: `Reading the file takes more than the ${mebibytes} MiB of memory allowed.`
    })
  }
  return null
}

const tooSlow = (allowed: string): DocumentError =>
  new DocumentError({ code: "processing_timeout", message: `Reading the file takes more than the ${allowed} allowed.` })

// V8 aborts when its heap is full.
const memorySignals: ReadonlyArray<NodeJS.Signals> = ["SIGABRT", "SIGTRAP", outOfMemorySignal]

/** The error for a document whose parser process has ended by itself. */
export const diedFrom = (signal: NodeJS.Signals | null): DocumentError =>
  signal !== null && memorySignals.includes(signal)
    ? new DocumentError({ code: "decompression_bomb", message: "Reading the file takes more memory than is allowed." })
    : new DocumentError({
        code: "corrupt_file",
        message: "The file made its parser crash; it is damaged or made to do so."
      })
