import { extname, join } from "node:path"
import { makeEvaluation, type OcrError, type ReadPrediction, type Truth, toJson } from "@timegrid/core"
import { Effect, Exit, type Scope, Stream } from "effect"
import type { EvalArguments } from "./evalArguments.ts"
import { reportText, rowsHeader, rowText } from "./evalText.ts"
import { type Failure, failureLine, failureOf } from "./failure.ts"
import { type LabelFailure, listFolder, loadTruth } from "./LabelledFolder.ts"
import { prepareFolder, writeIntoFolder } from "./OutputFolder.ts"
import { makeProgressDisplay, type ProgressDisplay, silentDisplay } from "./ProgressDisplay.ts"
import { type PipeClosed, write } from "./terminal.ts"
import type { UsageError } from "./UsageError.ts"
import type { WriteError } from "./WriteError.ts"

/** What came of one file of the truth. */
interface Attempt {
  /** The file that failed, or that was read. */
  readonly path: string
  readonly truthName: string
  /** null where the truth itself is broken. */
  readonly truth: Truth | null
  readonly read: ReadPrediction | null
  readonly failure: Failure | null
}

/** Where the results that are scored come from. */
export interface Source<R> {
  readonly folder: string
  /** How many are read at once. */
  readonly concurrency: number
  /** The name in `folder` of the document or result that a truth is about. */
  readonly nameOf: (truth: Truth, truthName: string) => string
  readonly read: (path: string, display: ProgressDisplay) => Effect.Effect<ReadPrediction, ReadFailure, R>
}

type ReadFailure = LabelFailure | OcrError

/** Why nothing is printed to the end. */
export type EvaluationFailure = UsageError | PipeClosed | WriteError

/**
 * Scores the documents of a folder by its labels, several at once, and prints how right they were read. Succeeds with
 * whether all were there; one that was not counts as one on which nothing was found.
 */
export const evaluateFolder = Effect.fnUntraced(function* <R>(
  { folder, json, out, quiet, verbose }: EvalArguments,
  source: Source<R>
): Effect.fn.Return<boolean, EvaluationFailure, R | Scope.Scope> {
  const truthFolder = join(folder, "truth")
  const truthNames = (yield* listFolder(truthFolder)).filter((name) => extname(name) === ".json")
  const unlabelled = new Set(yield* listFolder(source.folder))
  if (out !== null) {
    yield* prepareFolder(out)
  }
  const display = quiet ? silentDisplay : yield* makeProgressDisplay(process.stderr, truthNames.length)
  const evaluation = makeEvaluation({ verbose })
  let failed = 0

  const print = (stream: NodeJS.WritableStream, text: string) => Effect.andThen(display.clear, write(stream, text))
  const complain = (path: string, failure: Failure) => {
    failed += 1
    return print(process.stderr, failureLine(path, failure))
  }
  const take = Effect.fnUntraced(function* ({ failure, path, read, truth, truthName }: Attempt) {
    if (failure !== null) {
      yield* complain(path, failure)
    }
    if (truth === null) {
      return
    }
    unlabelled.delete(source.nameOf(truth, truthName))
    if (out !== null && read?.extraction) {
      yield* Effect.catchTag(
        writeIntoFolder(out, truthName, toJson(read.extraction, "pretty")),
        "WriteError",
        (error) => complain(path, error)
      )
    }
    const row = evaluation.add({ truth, failure, ...read })
    if (!json) {
      yield* print(process.stdout, rowText(row, verbose))
    }
  })

  if (!json) {
    yield* write(process.stdout, rowsHeader)
  }
  yield* Stream.fromIterable(truthNames).pipe(
    Stream.mapEffect((truthName) => attempt(truthFolder, truthName, source, display), {
      concurrency: source.concurrency
    }),
    Stream.runForEach(take)
  )
  if (!quiet) {
    const lines = [...unlabelled].map((name) => `${join(source.folder, name)}: warning: There is no truth for it.\n`)
    yield* print(process.stderr, lines.join(""))
  }
  const report = evaluation.report()
  yield* print(process.stdout, json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report))
  return failed === 0
})

const attempt = Effect.fnUntraced(function* <R>(
  truthFolder: string,
  truthName: string,
  source: Source<R>,
  display: ProgressDisplay
): Effect.fn.Return<Attempt, never, R> {
  const truthPath = join(truthFolder, truthName)
  const label = yield* Effect.exit(loadTruth(truthPath))
  if (Exit.isFailure(label)) {
    return { path: truthPath, truthName, truth: null, read: null, failure: failureOf(label.cause) }
  }
  const truth = label.value
  const path = join(source.folder, source.nameOf(truth, truthName))
  const read = yield* Effect.exit(source.read(path, display))
  return Exit.isFailure(read)
    ? { path, truthName, truth, read: null, failure: failureOf(read.cause) }
    : { path, truthName, truth, read: read.value, failure: null }
})
