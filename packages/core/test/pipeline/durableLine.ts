/** A pipeline whose runs are kept in a folder, for processes that are killed. */
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { BlobStore, MemoryBlobStore } from "@timegrid/core"
import { type EffectStageContext, Journal, JournalRow, pipeline } from "@timegrid/core/pipeline"
import { Context, Effect, Option } from "effect"
import * as z from "zod"
import { step } from "./stages.ts"

/** The text of a file, or null where there is none. */
export const textIn = (file: string): string | null => {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return null
  }
}

const fileJournal = (folder: string): Journal["Service"] => {
  const fileOf = (runId: string) => join(folder, `${encodeURIComponent(runId)}.jsonl`)
  return {
    append: (runId, row) => Effect.sync(() => appendFileSync(fileOf(runId), `${JSON.stringify(row)}\n`)),
    // What stands behind the last break is a row that was cut off.
    read: (runId) =>
      Effect.sync(() => {
        const lines = (textIn(fileOf(runId)) ?? "").split("\n").slice(0, -1)
        return lines.map((line) => JournalRow.parse(JSON.parse(line)))
      }),
    remove: (runId) => Effect.sync(() => rmSync(fileOf(runId), { force: true }))
  }
}

const fileBlobs = (folder: string): BlobStore["Service"] => {
  const fileOf = (key: string) => join(folder, encodeURIComponent(key))
  return {
    // A pipeline uses no more than the three below.
    ...MemoryBlobStore.make(),
    put: (key, bytes) =>
      Effect.sync(() => {
        writeFileSync(`${fileOf(key)}.part`, bytes)
        renameSync(`${fileOf(key)}.part`, fileOf(key))
        return { sizeBytes: bytes.byteLength, versionId: null }
      }),
    find: (key) =>
      Effect.sync(() =>
        Option.map(Option.fromNullishOr(textIn(fileOf(key))), (text) => new TextEncoder().encode(text))
      ),
    remove: (key) => Effect.sync(() => rmSync(fileOf(key), { force: true }))
  }
}

/** A journal and blobs in a folder, which outlive the process. */
const fileStores = (folder: string) => {
  mkdirSync(join(folder, "blobs"), { recursive: true })
  return Context.make(Journal, fileJournal(folder)).pipe(Context.add(BlobStore, fileBlobs(join(folder, "blobs"))))
}

/**
 * Four stages in a row, each of which puts its name down in the file `ran` when it runs. The third pays a dollar.
 *
 * @param stalls Whether the third, once it has asked its provider, never hears of it again.
 */
export const durableLine = (folder: string, stalls: boolean) => {
  const putDown = (name: string) => Effect.sync(() => appendFileSync(join(folder, "ran"), `${name}\n`))
  const adding = (name: string) => (value: number) => Effect.as(putDown(name), value + 1)
  const paying = (value: number, { call }: EffectStageContext) =>
    call({ provider: "dear", atMost: { usd: 1 } }, () =>
      Effect.andThen(adding("third")(value), stalls ? Effect.never : Effect.succeed(value + 1))
    )
  return pipeline("durable", { one: z.number() })
    .use(step("first", "one", "two", adding("first")))
    .use(step("second", "two", "three", adding("second")))
    .use(step("third", "three", "four", paying, { cost: "metered" }))
    .use(step("fourth", "four", "five", adding("fourth")))
    .provide(fileStores(folder))
}
