import type { Effect, Scope } from "effect"
import type { EvalArguments } from "./evalArguments.ts"
import { type EvaluationFailure, evaluateFolder } from "./evaluateFolder.ts"
import { loadPrediction } from "./LabelledFolder.ts"

/** Prints how right the results in a folder are; see {@link evaluateFolder}. */
export const evalPredictions = (
  arguments_: EvalArguments,
  folder: string
): Effect.Effect<boolean, EvaluationFailure, Scope.Scope> =>
  evaluateFolder(arguments_, {
    folder,
    concurrency: 2,
    nameOf: (_, truthName) => truthName,
    read: (path) => loadPrediction(path)
  })
