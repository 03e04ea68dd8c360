import { readdir } from "node:fs/promises"
import { basename, extname, parse } from "node:path"
import { type DocumentError, decodePrediction, defaultLimits, type ReadPrediction, Truth } from "@timegrid/core"
import { Data, Effect } from "effect"
import * as z from "zod"
import { loadDocument } from "../DocumentInput.ts"
import type { FileError } from "../FileError.ts"
import { UsageError } from "./UsageError.ts"
import { systemCode } from "./WriteError.ts"

/** A truth or a prediction that is not of the form that is read. Branch on `code`; `message` is one sentence. */
export class LabelError extends Data.TaggedError("LabelError")<{
  readonly code: "invalid_truth" | "invalid_prediction"
  readonly message: string
}> {}

/** Why a truth or a prediction cannot be used. */
export type LabelFailure = DocumentError | FileError | LabelError

/** The names of the files in a folder in order, but for hidden ones. */
export const listFolder = (folder: string): Effect.Effect<ReadonlyArray<string>, UsageError> =>
  Effect.tryPromise({
    try: () => readdir(folder),
    catch: (cause) => new UsageError({ message: `${folder} cannot be listed (${systemCode(cause)}).` })
  }).pipe(Effect.map((names) => names.filter((name) => !name.startsWith(".")).sort()))

/** Loads a truth; its id defaults to its file's stem and its kind to the extension of its document. */
export const loadTruth = (path: string): Effect.Effect<Truth, LabelFailure> =>
  loadJson(path, "invalid_truth", (json) => {
    const { id = parse(path).name, kind, ...truth } = LabelledTruth.parse(json)
    return { ...truth, id, kind: kind ?? extname(truth.file).slice(1).toLowerCase() }
  })

/** Loads what any reader of timetables wrote for one document. */
export const loadPrediction = (path: string): Effect.Effect<ReadPrediction, LabelFailure> =>
  loadJson(path, "invalid_prediction", decodePrediction)

const LabelledTruth = Truth.extend({
  id: z.string().optional(),
  kind: z.string().optional(),
  // A name with a folder in it could lead out of the folder of files.
  file: z.string().refine((file) => basename(file) === file && file !== "..", "This is no name of a file")
})

const loadJson = <A>(
  path: string,
  code: LabelError["code"],
  decode: (json: unknown) => A
): Effect.Effect<A, LabelFailure> =>
  Effect.flatMap(loadDocument(path, defaultLimits), ({ bytes }) =>
    Effect.try({
      try: () => decode(JSON.parse(new TextDecoder().decode(bytes))),
      catch: (cause) => new LabelError({ code, message: complaintOf(cause) })
    })
  )

const complaintOf = (cause: unknown): string => {
  if (!(cause instanceof z.ZodError))
    return `This is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`
  const [issue] = cause.issues
  const place = issue === undefined || issue.path.length === 0 ? "" : `${issue.path.join(".")}: `
  return `${place}${issue?.message}.`
}
