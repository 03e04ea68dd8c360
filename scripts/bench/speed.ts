import { readFileSync } from "node:fs"
import path from "node:path"
import type { Timegrid } from "../../packages/timegrid/src/index.ts"
import { openTimegrid, openWithWorkers } from "./engines.ts"
import { kindOf } from "./files.ts"
import { closeReferences, referenceFor, standInFor } from "./references.mjs"
import { median } from "./report.ts"

/** How long one file took in each of the interleaved rounds, in milliseconds. */
export interface FileTimes {
  readonly file: string
  readonly kind: ReturnType<typeof kindOf>
  readonly blocks: number
  /** With tesseract alone. */
  readonly one: ReadonlyArray<number>
  /** With both engines; none for what has no page image. */
  readonly both: ReadonlyArray<number>
  readonly reference: { readonly name: string; readonly times: ReadonlyArray<number> } | null
}

/**
 * Reads each file in turn by Timegrid with one engine, with both, and by its reference, so that all meet the same load
 * of the machine; the first round of each does not count. A file that cannot be read is named on standard error.
 */
export const measureFiles = async (files: ReadonlyArray<string>, rounds: number): Promise<ReadonlyArray<FileTimes>> => {
  const one = await openTimegrid("tesseract")
  const both = await openTimegrid("ensemble")
  const measured: Array<FileTimes> = []
  try {
    for (const file of files) {
      try {
        measured.push(await measureFile(file, rounds, one, both))
      } catch (error) {
        process.exitCode = 1
        process.stderr.write(`${path.basename(file)}: ${String(error)}\n`)
      }
    }
  } finally {
    await Promise.all([one.close(), both.close(), closeReferences()])
  }
  return measured
}

const measureFile = async (file: string, rounds: number, one: Timegrid, both: Timegrid): Promise<FileTimes> => {
  const bytes = readFileSync(file)
  const kind = kindOf(file)
  const isImage = kind === "image" || kind === "photo"
  const reference = referenceFor(file) ?? standInFor(file)
  const times = { one: [] as Array<number>, both: [] as Array<number>, reference: [] as Array<number> }
  let blocks = 0
  for (let round = 0; round <= rounds; round++) {
    const first = await timed(() => one.extract(new Uint8Array(bytes)))
    const second = isImage ? await timed(() => both.extract(new Uint8Array(bytes))) : null
    const theirs = reference ? await timed(() => reference.read(file, bytes)) : null
    blocks = first.value.timeblocks.length
    if (round === 0) continue
    times.one.push(first.milliseconds)
    if (second) times.both.push(second.milliseconds)
    if (theirs) times.reference.push(theirs.milliseconds)
  }
  return {
    file,
    kind,
    blocks,
    ...times,
    reference: reference ? { name: reference.name, times: times.reference } : null
  }
}

/** How many times as many pages a second four threads read as one: the median of some rounds in turn. */
export const measureWorkers = async (images: ReadonlyArray<string>, rounds: number): Promise<number> => {
  const documents = images.map((file) => readFileSync(file))
  const concurrency = 4
  const single = await openWithWorkers(1, concurrency)
  const four = await openWithWorkers(4, concurrency)
  const readAll = (timegrid: Timegrid) =>
    timed(() => Promise.all(documents.map((bytes) => timegrid.extract(new Uint8Array(bytes)))))
  try {
    // Threads start with the first pages.
    await readAll(four)
    const ratios: Array<number> = []
    for (let round = 0; round < rounds; round++) {
      const alone = await readAll(single)
      ratios.push(alone.milliseconds / (await readAll(four)).milliseconds)
    }
    return median(ratios)
  } finally {
    await Promise.all([single.close(), four.close()])
  }
}

/** Milliseconds for each number of pages, the medians of some rounds in turn. */
export const measurePages = async (
  pdfsByPages: ReadonlyMap<number, string>,
  rounds: number
): Promise<ReadonlyMap<number, number>> => {
  const timegrid = await openTimegrid("tesseract")
  const times = new Map<number, Array<number>>([...pdfsByPages.keys()].map((pages) => [pages, []]))
  try {
    for (let round = 0; round <= rounds; round++) {
      for (const [pages, file] of pdfsByPages) {
        const { milliseconds } = await timed(() => timegrid.extract(new Uint8Array(readFileSync(file))))
        if (round > 0) times.get(pages)!.push(milliseconds)
      }
    }
  } finally {
    await timegrid.close()
  }
  return new Map([...times].map(([pages, milliseconds]) => [pages, median(milliseconds)]))
}

const timed = async <A>(work: () => Promise<A>): Promise<{ readonly value: A; readonly milliseconds: number }> => {
  const start = performance.now()
  const value = await work()
  return { value, milliseconds: performance.now() - start }
}
