/** Archived jobs as bytes: lines of JSON, compressed by gzip; the job, its review tasks, its extractions. */
import { Effect } from "effect"
import * as z from "zod"
import { bytesOfText } from "../pipeline/sha256.ts"
import type { Row } from "../repository/EntityTable.ts"
import type { FinishedJob } from "./MaintenanceRecords.ts"

// Core compiles without the types of a platform; every platform that it runs on has these.
declare const Blob: new (
  parts: ReadonlyArray<Uint8Array>
) => { readonly stream: () => { readonly pipeThrough: (through: object) => object } }
declare const Response: new (
  body: object
) => { readonly arrayBuffer: () => Promise<ArrayBuffer>; readonly text: () => Promise<string> }
declare const CompressionStream: new (format: "gzip") => object
declare const DecompressionStream: new (format: "gzip") => object

const row = z.record(z.string(), z.unknown())
const id = z.guid()

const Line = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("job"), version: z.literal(1), row: z.looseObject({ id, document_id: id, user_id: id }) }),
  z.object({ kind: z.literal("review_task"), row }),
  z.object({ kind: z.literal("extraction"), id })
])

/** Nobody erases who reviewed it from bytes that lie in the blob store, so these never name them. */
const withoutReviewer = (task: Row): Row => ({ ...task, assigned_to: null })

/** The bytes of a file for one job; its review tasks are assigned to nobody, since an archive outlives its reviewers. */
export const encodeArchive = ({ extractionIds, job, reviewTasks }: FinishedJob): Effect.Effect<Uint8Array> => {
  const lines: ReadonlyArray<z.input<typeof Line>> = [
    { kind: "job", version: 1, row: job },
    ...reviewTasks.map((task) => ({ kind: "review_task" as const, row: withoutReviewer(task) })),
    ...extractionIds.map((extraction) => ({ kind: "extraction" as const, id: extraction }))
  ]
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("")
  const zipped = () => new Blob([bytesOfText(text)]).stream().pipeThrough(new CompressionStream("gzip"))
  return Effect.promise(async () => new Uint8Array(await new Response(zipped()).arrayBuffer()))
}

/** Dies on bytes that {@link encodeArchive} has not written: their checksum was compared before. */
export const decodeArchive = (bytes: Uint8Array): Effect.Effect<FinishedJob> =>
  Effect.promise(async () => {
    const unzipped = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
    const text = await new Response(unzipped).text()
    const lines = text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => Line.parse(JSON.parse(line)))
    const job = lines.flatMap((line) => (line.kind === "job" ? [line.row] : []))[0]
    if (job === undefined) throw new Error("The archive holds no job.")
    return {
      job,
      reviewTasks: lines.flatMap((line) => (line.kind === "review_task" ? [withoutReviewer(line.row)] : [])),
      extractionIds: lines.flatMap((line) => (line.kind === "extraction" ? [line.id] : []))
    }
  })
