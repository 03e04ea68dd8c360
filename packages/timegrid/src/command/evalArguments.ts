import { Effect } from "effect"
import type { OcrEngine } from "../ocr/OcrEngine.ts"
import { ocrEngineOf, splitCommandLine, wrong } from "./commandLine.ts"
import type { UsageError } from "./UsageError.ts"

/** A checked command line of `timegrid eval`. */
export interface EvalArguments {
  /** Holds `files` and `truth`. */
  readonly folder: string
  /** The folder of results to score instead of reading the files, or null. */
  readonly predictions: string | null
  /** The folder to keep the results in, or null. */
  readonly out: string | null
  readonly ocr: OcrEngine
  readonly json: boolean
  readonly verbose: boolean
  readonly quiet: boolean
}

const options = {
  predictions: { type: "string" },
  out: { type: "string" },
  ocr: { type: "string", default: "auto" },
  json: { type: "boolean", default: false },
  verbose: { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false }
} as const

/** Checks what follows the word `eval`; null asks for help. */
export const parseEvalArguments = Effect.fnUntraced(function* (
  commandLine: ReadonlyArray<string>
): Effect.fn.Return<EvalArguments | null, UsageError> {
  const { positionals, values } = yield* splitCommandLine(commandLine, options)
  const { help, json, out = null, predictions = null, quiet, verbose } = values
  if (help) {
    return null
  }
  const [folder, ...others] = positionals
  if (folder === undefined || others.length > 0) {
    return yield* wrong("Name one folder that holds files and truth.")
  }
  if (out !== null && predictions !== null) {
    return yield* wrong("--out keeps what is read, and --predictions reads nothing.")
  }
  const ocr = yield* ocrEngineOf(values.ocr)
  return { folder, predictions, out, ocr, json, verbose, quiet }
})
