// Takes each rule of the reading engine out in turn and says where that changes what is read, and what it costs:
// node --conditions=@timegrid/source scripts/accuracy/rules.ts [--tier T]... [--set S]... [--layout L]... [--count N] [--seed N]
//   [--files DIR]... [--pages DIR]
// --files reads labelled files (files/ and truth/) besides; --pages keeps pages as read there and takes them from there
// the next time, since only what is made of them changes.
import { existsSync } from "node:fs"
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises"
import { registerHooks, stripTypeScriptTypes } from "node:module"
import path from "node:path"
import { fileURLToPath, pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import { Effect } from "effect"
import { reader as docxReader } from "../../packages/adapters/docx/src/index.ts"
import { reader as imageReader } from "../../packages/adapters/image/src/index.ts"
import { reader as pdfReader } from "../../packages/adapters/pdf/src/index.ts"
import { TesseractOcr } from "../../packages/adapters/tesseract/src/index.ts"
import type { Page } from "../../packages/core/src/document/Page.ts"
import { readPages } from "../../packages/core/src/extraction/readPages.ts"
import { defaultLimits, predictionOf, scoreDocument, Truth } from "../../packages/core/src/index.ts"
import type { interpretPages as Interpret } from "../../packages/core/src/timetable/interpretPages.ts"
import { layouts, type MakerTier, makerTiers, makeTimetable } from "../../packages/maker/src/index.ts"
import { exactF1 } from "./exactF1.ts"
import { type Rule, rules } from "./ruleList.ts"

const { values } = parseArgs({
  options: {
    tier: { type: "string", multiple: true, default: ["pdf", "docx"] },
    set: { type: "string", multiple: true, default: ["fitted", "unseen"] },
    layout: { type: "string", multiple: true, default: [] },
    count: { type: "string", default: "84" },
    seed: { type: "string", default: "1000" },
    files: { type: "string", multiple: true, default: [] },
    pages: { type: "string" }
  }
})

/** A document whose pages were read; `kind` is its layout and tier, or null where it was not made. */
interface ReadDocument {
  readonly id: string
  readonly kind: string | null
  readonly truth: Truth
  readonly pages: ReadonlyArray<Page>
}

const core = path.join(import.meta.dirname, "../../packages/core/src")

/** Modules asked for with `?without=RULE` come, with all that they import from core, without that rule. */
registerHooks({
  resolve: (specifier, context, next) => {
    const resolved = next(specifier, context)
    const without = context.parentURL && new URL(context.parentURL).searchParams.get("without")
    const isOurs = without && resolved.url.startsWith(pathToFileURL(core).href)
    return isOurs ? { ...resolved, url: `${resolved.url}?without=${without}` } : resolved
  },
  load: (url, context, next) => {
    const { pathname, searchParams } = new URL(url)
    const rule = rules.find(({ name }) => name === searchParams.get("without"))
    if (!rule || fileURLToPath(`file://${pathname}`) !== path.join(core, rule.file)) return next(url, context)
    const { source } = next(url, { ...context, format: "module-typescript" })
    return { format: "module", shortCircuit: true, source: withoutRule(String(source), rule) }
  }
})

const withoutRule = (source: string, { file, from, name, to }: Rule): string => {
  if (source.split(from).length !== 2) throw new Error(`${name}: ${file} does not hold its text once.`)
  return stripTypeScriptTypes(source.replace(from, to))
}

const interpreterWithout = async (rule: Rule | null): Promise<typeof Interpret> => {
  const url = pathToFileURL(path.join(core, "timetable/interpretPages.ts"))
  if (rule) url.searchParams.set("without", rule.name)
  return (await import(url.href)).interpretPages
}

const readers = [pdfReader, docxReader, imageReader]
const pagesOf = (bytes: Uint8Array): Promise<ReadonlyArray<Page>> => {
  const reader = readers.find((candidate) => candidate.recognize(bytes) !== null)!
  const read = Effect.gen(function* () {
    const document = yield* reader.open(bytes, defaultLimits)
    return yield* readPages(document, () => {})
  })
  return Effect.runPromise(
    read.pipe(
      Effect.scoped,
      Effect.provide(TesseractOcr.layer()),
      Effect.map((pages) => pages.map(({ page }) => page))
    )
  )
}

const keptOr = async (id: string, read: () => Promise<Omit<ReadDocument, "id" | "kind">>) => {
  const kept = values.pages && path.join(values.pages, `${id}.json`)
  if (kept && existsSync(kept)) return JSON.parse(await readFile(kept, "utf8"))
  const document = await read()
  if (kept) {
    await mkdir(path.dirname(kept), { recursive: true })
    await writeFile(kept, JSON.stringify(document))
  }
  return document
}

const documents: Array<ReadDocument> = []
for (const tier of makerTiers.filter((one) => values.tier.includes(one))) {
  const families = layouts.filter(
    ({ id, set }) => values.set.includes(set) && (values.layout.length === 0 || values.layout.includes(id))
  )
  for (let index = 0; index < Number(values.count); index++) {
    const { id: layout, set } = families[index % families.length]!
    const seed = Number(values.seed) + index
    const made = await keptOr(`${tier}-${set}-${layout}-${seed}`, async () => {
      const { bytes, truth } = await makeTimetable({ seed, tier: tier as MakerTier, set, layout })
      return { truth, pages: await pagesOf(bytes) }
    })
    documents.push({ id: `${tier}-${layout}-${seed}`, kind: layout, ...made })
  }
}
for (const folder of values.files) {
  for (const name of await readdir(path.join(folder, "truth"))) {
    const truth = Truth.parse(JSON.parse(await readFile(path.join(folder, "truth", name), "utf8")))
    const read = await keptOr(`file-${truth.id}`, async () => ({
      truth,
      pages: await pagesOf(new Uint8Array(await readFile(path.join(folder, "files", truth.file))))
    }))
    documents.push({ id: truth.id, kind: null, ...read })
  }
}

const whole = await interpreterWithout(null)
const before = documents.map(({ pages }) => whole(pages))
const f1 = (truth: Truth, interpretation: ReturnType<typeof Interpret>): number =>
  scoreDocument(truth, predictionOf(interpretation)).block.f1 ?? 0
const scores = documents.map(({ truth }, i) => f1(truth, before[i]!))
const exact = documents.map(({ truth }, i) => exactF1(truth, before[i]!.timeblocks))

const said = ({ markers, timeblocks }: ReturnType<typeof Interpret>): string =>
  JSON.stringify([
    markers.map(({ dayOfWeek, name, time }) => [dayOfWeek, time, name]),
    timeblocks.map((block) => [
      block.dayOfWeek,
      block.startTime,
      block.endTime,
      block.name,
      block.notes,
      block.week,
      block.className,
      block.period
    ])
  ])

process.stdout.write(
  "| rule | made layouts | made documents | loss on these, points of F1 | of exact F1 | labelled files | their loss |\n"
)
process.stdout.write("| --- | ---: | ---: | ---: | ---: | --- | ---: |\n")
for (const rule of rules) {
  const interpret = await interpreterWithout(rule)
  const fired = documents.flatMap((document, i) => {
    const without = interpret(document.pages)
    return said(without) === said(before[i]!)
      ? []
      : [
          {
            document,
            loss: 100 * (scores[i]! - f1(document.truth, without)),
            exactLoss: 100 * (exact[i]! - exactF1(document.truth, without.timeblocks))
          }
        ]
  })
  const made = fired.filter(({ document }) => document.kind !== null)
  const files = fired.filter(({ document }) => document.kind === null)
  const kinds = new Set(made.map(({ document }) => document.kind))
  const cells = [
    rule.name,
    `${kinds.size}: ${[...kinds].slice(0, 4).join(", ")}${kinds.size > 4 ? ", …" : ""}`,
    made.length,
    meanLoss(made),
    meanLoss(made.map(({ exactLoss }) => ({ loss: exactLoss }))),
    files.map(({ document }) => document.id).join(", "),
    meanLoss(files)
  ]
  process.stdout.write(`| ${cells.join(" | ")} |\n`)
}

function meanLoss(fired: ReadonlyArray<{ readonly loss: number }>): string {
  return fired.length === 0 ? "–" : (fired.reduce((sum, { loss }) => sum + loss, 0) / fired.length).toFixed(1)
}
