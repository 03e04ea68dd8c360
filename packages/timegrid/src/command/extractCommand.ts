import {
  type DocumentError,
  type DocumentReaders,
  defaultLimits,
  type EncodedPageImage,
  type ExtractionRun,
  type OcrError,
  type OcrProvider,
  type ProgressListener
} from "@timegrid/core"
import type { PipelineEvent } from "@timegrid/core/pipeline"
import { Effect, Exit, type Scope, Stream } from "effect"
import { loadDocument } from "../DocumentInput.ts"
import { runFile } from "../extractFile.ts"
import type { FileError } from "../FileError.ts"
import { defaultConcurrency } from "../layer.ts"
import type { TierOptions } from "../tiers/TierOptions.ts"
import { Tiers } from "../tiers/Tiers.ts"
import { explain, explainRun } from "./explain.ts"
import { failureLine, failureOf } from "./failure.ts"
import { prepareFolder, writeIntoFolder } from "./OutputFolder.ts"
import { makeProgressDisplay, type ProgressDisplay, silentDisplay } from "./ProgressDisplay.ts"
import { type ExtractArguments, type Format, formatExtensions, outputName } from "./parseArguments.ts"
import { renderPageImages } from "./renderPageImages.ts"
import { renderResult } from "./renderResult.ts"
import { isTerminal, type PipeClosed, widthOf, write } from "./terminal.ts"
import { tierNotes } from "./tierNotes.ts"
import type { UsageError } from "./UsageError.ts"
import type { WriteError } from "./WriteError.ts"

type Services = DocumentReaders | OcrProvider | Tiers

type ReadFailure = DocumentError | FileError | OcrError

/** What was read of a file, and how; its pages as images too where the format shows them. */
interface Reading {
  readonly run: ExtractionRun
  /** Sentences about the higher tiers. */
  readonly notes: ReadonlyArray<string>
  readonly pageImages: ReadonlyArray<EncodedPageImage>
}

interface Attempt {
  readonly file: string
  readonly exit: Exit.Exit<Reading, ReadFailure>
}

/** Columns of a table that is written to a file. */
const fileWidthColumns = 120

/**
 * Reads the files of a command line, several at once, and writes each result as soon as those before it are written.
 * Succeeds with whether all were read; a failing file writes one line to standard error and stops no other.
 */
export const extractCommand = Effect.fn("extractCommand")(function* (
  arguments_: ExtractArguments,
  tiers: Pick<TierOptions, "budget" | "routing"> = {}
): Effect.fn.Return<boolean, UsageError | PipeClosed | WriteError, Services | Scope.Scope> {
  const { files, format, out, quiet } = arguments_
  if (out !== null) {
    yield* prepareFolder(out)
  }
  const display = quiet ? silentDisplay : yield* makeProgressDisplay(process.stderr, files.length)
  let written = 0
  yield* Stream.fromIterable(files).pipe(
    Stream.mapEffect((file) => attempt(file, format, tiers, display), { concurrency: defaultConcurrency() }),
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
  format: Format,
  tiers: Pick<TierOptions, "budget" | "routing">,
  display: ProgressDisplay
): Effect.Effect<Attempt, never, Services> =>
  readFile(file, format, tiers, (progress) => display.update(file, progress)).pipe(
    Effect.onExit(() => Effect.sync(() => display.done(file))),
    Effect.exit,
    Effect.map((exit) => ({ file, exit }))
  )

const readFile = Effect.fnUntraced(function* (
  path: string,
  format: Format,
  tiers: Pick<TierOptions, "budget" | "routing">,
  onProgress: ProgressListener
): Effect.fn.Return<Reading, ReadFailure, Services> {
  // Loaded once, so that the images show what was read even if the file changes meanwhile.
  const { bytes, file } = yield* loadDocument(path, defaultLimits)
  const events: Array<PipelineEvent> = []
  const onEvent = (event: PipelineEvent) => {
    if (event.type !== "stage:progress") events.push(event)
  }
  const run = yield* runFile(bytes, { file, onProgress, onEvent, ...tiers, ...(yield* Tiers) })
  const pageImages = format === "html" ? yield* renderPageImages(bytes, defaultLimits) : []
  return { run, notes: tierNotes(run, events), pageImages }
})

const report = Effect.fnUntraced(function* (
  { exit, file }: Attempt,
  arguments_: ExtractArguments,
  isFollowing: boolean
): Effect.fn.Return<boolean, PipeClosed | WriteError> {
  if (Exit.isFailure(exit)) {
    yield* write(process.stderr, failureLine(file, failureOf(exit.cause)))
    return false
  }
  const { explain: isExplained, files, format, out, quiet } = arguments_
  const { notes, pageImages, run } = exit.value
  const { text, warnings } = renderResult(run, pageImages, arguments_, {
    isShared: out === null && files.length > 1,
    isFollowing: out === null && isFollowing,
    color: out === null && isTerminal(process.stdout) && process.env.NO_COLOR === undefined,
    widthColumns: out === null ? widthOf(process.stdout) : fileWidthColumns
  })
  if (!quiet) {
    const lines = [...warnings.map(({ message }) => `warning: ${message}`), ...notes]
    yield* write(process.stderr, lines.map((line) => `${file}: ${line}\n`).join(""))
  }
  if (isExplained && format !== "table") {
    yield* write(process.stderr, `${explainRun(run)}${explain(run.extraction)}`)
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
