import type { WriteStream } from "node:tty"
import { Data, Effect } from "effect"
import { systemCode, WriteError } from "./WriteError.ts"

/** The reader of a pipe has gone away; nothing more needs to be written. */
export class PipeClosed extends Data.TaggedError("PipeClosed") {}

/** Writes all of `text`, waiting for a slow reader; fails when the reader is gone or the disk behind it is full. */
export const write = (stream: NodeJS.WritableStream, text: string): Effect.Effect<void, PipeClosed | WriteError> =>
  Effect.callback((resume) => {
    stream.write(text, (error) => resume(error ? Effect.fail(writeFailure(error)) : Effect.void))
  })

const closedCodes = ["EPIPE", "ERR_STREAM_DESTROYED", "ERR_STREAM_WRITE_AFTER_END"]

const writeFailure = (error: Error): PipeClosed | WriteError => {
  const code = systemCode(error)
  return closedCodes.includes(code)
    ? new PipeClosed()
    : new WriteError({ message: `The output cannot be written (${code}).`, cause: error })
}

/** Columns of the terminal behind `stream`; 100 where there is none. */
export const widthOf = (stream: NodeJS.WritableStream): number => (isTerminal(stream) ? stream.columns : 100)

/** Whether somebody looks at `stream`. */
export const isTerminal = (stream: NodeJS.WritableStream): stream is WriteStream =>
  "isTTY" in stream && stream.isTTY === true
