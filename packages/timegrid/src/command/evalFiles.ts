import { join } from "node:path"
import { type DocumentReaders, type OcrProvider, predictionOf } from "@timegrid/core"
import { Effect, type Scope } from "effect"
import { extractFile } from "../extractFile.ts"
import { defaultConcurrency } from "../layer.ts"
import type { EvalArguments } from "./evalArguments.ts"
import { type EvaluationFailure, evaluateFolder } from "./evaluateFolder.ts"

/** Reads the labelled files of a folder and prints how right that is; see {@link evaluateFolder}. */
export const evalFiles = (
  arguments_: EvalArguments
): Effect.Effect<boolean, EvaluationFailure, DocumentReaders | OcrProvider | Scope.Scope> =>
  evaluateFolder(arguments_, {
    folder: join(arguments_.folder, "files"),
    concurrency: defaultConcurrency(),
    nameOf: ({ file }) => file,
    read: (path, display) =>
      extractFile(path, { onProgress: (progress) => display.update(path, progress) }).pipe(
        Effect.map((extraction) => ({ prediction: predictionOf(extraction), extraction })),
        Effect.onExit(() => Effect.sync(() => display.done(path)))
      )
  })
