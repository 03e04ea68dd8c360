import type { WriteStream } from "node:tty"
import { Data, Effect } from "effect"

/** The reader of a pipe has gone away; nothing more needs to be written. */
export class PipeClosed extends Data.TaggedError("PipeClosed") {}

/** Writes all of `text`, waiting for a slow reader; fails when the reader is gone. */
export const write = (stream: NodeJS.WritableStream, text: string): Effect.Effect<void, PipeClosed> =>
  Effect.callback((resume) => {
    stream.write(text, (error) => resume(error ? Effect.fail(new PipeClosed()) : Effect.void))
  })

/** Columns of the terminal behind `stream`; 100 where there is none. */
export const widthOf = (stream: NodeJS.WritableStream): number => (isTerminal(stream) ? stream.columns : 100)

/** Whether somebody looks at `stream`. */
export const isTerminal = (stream: NodeJS.WritableStream): stream is WriteStream =>
  "isTTY" in stream && stream.isTTY === true
