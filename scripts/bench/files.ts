import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import os from "node:os"
import path from "node:path"
import { type MakeOptions, makeTimetable } from "../../packages/maker/src/index.ts"
import { sampleFiles } from "../samples.mjs"
import { textPdf } from "./textPdf.ts"

/** What is measured: files as they lie on disk, and text PDFs that differ in their number of pages only. */
export interface BenchFiles {
  readonly files: ReadonlyArray<string>
  readonly pdfsByPages: ReadonlyMap<number, string>
  readonly close: () => void
}

/** A screenshot full of small text, turned breaks and times of lessons, larger than any sample, and photographs. */
const madeFiles: Readonly<Record<string, MakeOptions>> = {
  "dense-screenshot.png": { seed: 200, tier: "png", layout: "days-as-rows-turned-break", font: "arimo" },
  "photo-of-columns.jpg": { seed: 201, tier: "photo", layout: "days-as-columns" },
  "photo-of-rows.jpg": { seed: 202, tier: "photo", layout: "days-as-rows" }
}

const pageNumbers = [2, 8, 32]

/** The files and folders named by a user, else the samples and some files made on the spot. */
export const benchFiles = async (named: ReadonlyArray<string>): Promise<BenchFiles> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "timegrid-bench-"))
  const keep = (name: string, bytes: Uint8Array | string) => {
    const file = path.join(folder, name)
    writeFileSync(file, bytes)
    return file
  }
  const made = async () =>
    Promise.all(
      Object.entries(madeFiles).map(async ([name, options]) => keep(name, (await makeTimetable(options)).bytes))
    )
  return {
    files: named.length > 0 ? named.flatMap(filesAt) : [...sampleFiles(), ...(await made())],
    pdfsByPages: new Map(pageNumbers.map((pages) => [pages, keep(`${pages}-pages.pdf`, textPdf(pages))])),
    close: () => rmSync(folder, { recursive: true, force: true })
  }
}

const filesAt = (named: string): ReadonlyArray<string> => {
  const place = path.resolve(process.env.INIT_CWD ?? process.cwd(), named)
  if (!statSync(place).isDirectory()) return [place]
  const names = readdirSync(place).filter((name) => /\.(pdf|docx|png|jpe?g)$/i.test(name))
  return names.toSorted().map((name) => path.join(place, name))
}

/** What a file counts as: a photograph is one by its name, or by the traits of a truth in the folder beside. */
export const kindOf = (file: string): "pdf" | "image" | "photo" | "other" => {
  if (/\.pdf$/i.test(file)) return "pdf"
  if (!/\.(png|jpe?g)$/i.test(file)) return "other"
  return /photo/i.test(path.basename(file)) || traitsOf(file).some((trait) => /photo/.test(trait)) ? "photo" : "image"
}

const traitsOf = (file: string): ReadonlyArray<string> => {
  const truth = path.join(path.dirname(file), "../truth", `${path.parse(file).name}.json`)
  return existsSync(truth) ? (JSON.parse(readFileSync(truth, "utf8")).traits ?? []) : []
}
