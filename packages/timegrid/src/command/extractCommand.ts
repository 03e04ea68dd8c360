import type { DocumentError, DocumentReaders, Extraction, OcrError, OcrProvider } from "@timegrid/core"
import { Cause, Effect, Exit, type Scope, Stream } from "effect"
import { extractFile } from "../extractFile.ts"
import type { FileError } from "../FileError.ts"
import { defaultConcurrency } from "../layer.ts"
import { explain } from "./explain.ts"
import { prepareFolder, writeIntoFolder } from "./OutputFolder.ts"
import { makeProgressDisplay, type ProgressDisplay, silentDisplay } from "./ProgressDisplay.ts"
import { type ExtractArguments, formatExtensions, outputName } from "./parseArguments.ts"
import { renderResult } from "./renderResult.ts"
import { isTerminal, type PipeClosed, widthOf, write } from "./terminal.ts"
import type { UsageError } from "./UsageError.ts"
import type { WriteError } from "./WriteError.ts"

type ReadFailure = DocumentError | FileError | OcrError

interface Attempt {
  readonly file: string
  readonly exit: Exit.Exit<Extraction, ReadFailure>
}

/** Columns of a table that is written to a file. */
const fileWidthColumns = 120

/**
 * Reads the files of a command line, several at once, and writes each result as soon as those before it are written.
 * Succeeds with whether all were read; a failing file writes one line to standard error and stops no other.
 */
export const extractCommand = Effect.fn("extractCommand")(function* (
  arguments_: ExtractArguments
): Effect.fn.Return<boolean, UsageError | PipeClosed | WriteError, DocumentReaders | OcrProvider | Scope.Scope> {
  const { files, out, quiet } = arguments_
  if (out !== null) {
    yield* prepareFolder(out)
  }
  const display = quiet ? silentDisplay : yield* makeProgressDisplay(process.stderr, files.length)
  let written = 0
  yield* Stream.fromIterable(files).pipe(
    Stream.mapEffect((file) => attempt(file, display), { concurrency: defaultConcurrency() }),
    Stream.runForEach((result) =>
      Effect.andThen(
        display.clear,
        Effect.map(report(result, arguments_, written > 0), (isWritten) => {
          written += isWritten ? 1 : 0
        })
      )
    )
  )
  return written === files.length
})

const attempt = (
  file: string,
  display: ProgressDisplay
): Effect.Effect<Attempt, never, DocumentReaders | OcrProvider> =>
  extractFile(file, { onProgress: (progress) => display.update(file, progress) }).pipe(
    Effect.onExit(() => Effect.sync(() => display.done(file))),
    Effect.exit,
    Effect.map((exit) => ({ file, exit }))
  )

const report = Effect.fnUntraced(function* (
  { exit, file }: Attempt,
  arguments_: ExtractArguments,
  isFollowing: boolean
): Effect.fn.Return<boolean, PipeClosed | WriteError> {
  if (Exit.isFailure(exit)) {
    yield* write(process.stderr, failureLine(file, exit.cause))
    return false
  }
  const { explain: isExplained, files, format, out, quiet } = arguments_
  const { text, warnings } = renderResult(exit.value, arguments_, {
    isShared: out === null && files.length > 1,
    isFollowing: out === null && isFollowing,
    color: out === null && isTerminal(process.stdout) && process.env.NO_COLOR === undefined,
    widthColumns: out === null ? widthOf(process.stdout) : fileWidthColumns
  })
  if (!quiet) {
    yield* write(process.stderr, warnings.map(({ message }) => `${file}: warning: ${message}\n`).join(""))
  }
  if (isExplained && format !== "table") {
    yield* write(process.stderr, explain(exit.value))
  }
  if (out === null) {
    yield* write(process.stdout, text)
    return true
  }
  return yield* writeIntoFolder(out, outputName(file, formatExtensions[format]), text).pipe(
    Effect.as(true),
    Effect.catchTag("WriteError", (error) =>
      Effect.as(write(process.stderr, `${file}: ${error.code}: ${error.message}\n`), false)
    )
  )
})

const failureLine = (file: string, cause: Cause.Cause<ReadFailure>): string => {
  const failure = Cause.squash(cause)
  const isOurs = failure instanceof Error && "code" in failure && "_tag" in failure
  const code = isOurs ? String(failure.code) : "internal_error"
  const message = failure instanceof Error ? failure.message : String(failure)
  return `${file}: ${code}: ${message.split("\n", 1)[0]}\n`
}
