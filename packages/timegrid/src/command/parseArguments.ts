import { parse } from "node:path"
import { findCalendarZone } from "@timegrid/core"
import { Effect } from "effect"
import * as z from "zod"
import type { OcrEngine } from "../ocr/OcrEngine.ts"
import { ocrEngineOf, splitCommandLine, wrong } from "./commandLine.ts"
import { type EvalArguments, parseEvalArguments } from "./evalArguments.ts"
import { type MaintainArguments, parseMaintainArguments } from "./maintainArguments.ts"
import { type MigrateArguments, parseMigrateArguments } from "./migrateArguments.ts"
import type { ServerArguments } from "./serverCommand.ts"
import { parseTierArguments, type TierArguments, tierOptions } from "./tierArguments.ts"
import type { UsageError } from "./UsageError.ts"

/** What the command can write, with the extension of its files. */
export const formatExtensions = { table: "txt", json: "json", csv: "csv", ics: "ics", html: "html" } as const

/** One of {@link formatExtensions}. */
export type Format = keyof typeof formatExtensions

/** When the week of an ICS export repeats. */
export interface CalendarArguments {
  /** `YYYY-MM-DD`. */
  readonly startDate: string
  /** An IANA time zone. */
  readonly zone: string
  /** `YYYY-MM-DD`, or null for ever. */
  readonly until: string | null
}

/** A checked command line of `timegrid extract`. */
export interface ExtractArguments {
  readonly files: ReadonlyArray<string>
  readonly format: Format
  /** The folder to write to, or null for standard output. */
  readonly out: string | null
  readonly ocr: OcrEngine
  readonly tiers: TierArguments
  readonly explain: boolean
  readonly quiet: boolean
  /** There for `ics`, else null. */
  readonly calendar: CalendarArguments | null
}

/** What a command line asks for. */
export type Arguments =
  | { readonly action: "help" }
  | { readonly action: "version" }
  | { readonly action: "extract"; readonly extract: ExtractArguments }
  | { readonly action: "eval"; readonly eval: EvalArguments }
  | { readonly action: "migrate"; readonly migrate: MigrateArguments }
  | { readonly action: "maintain"; readonly maintain: MaintainArguments }
  | { readonly action: "server"; readonly server: ServerArguments }

const options = {
  format: { type: "string", default: "table" },
  out: { type: "string" },
  explain: { type: "boolean", default: false },
  quiet: { type: "boolean", default: false },
  ocr: { type: "string", default: "auto" },
  ...tierOptions,
  "start-date": { type: "string" },
  zone: { type: "string" },
  until: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", short: "v", default: false }
} as const

/** Checks a command line, without the program's name, before anything is read. */
export const parseArguments = Effect.fnUntraced(function* (
  commandLine: ReadonlyArray<string>
): Effect.fn.Return<Arguments, UsageError> {
  if (commandLine[0] === "eval") {
    const evaluation = yield* parseEvalArguments(commandLine.slice(1))
    return evaluation === null ? { action: "help" } : { action: "eval", eval: evaluation }
  }
  if (commandLine[0] === "maintain") {
    const maintenance = yield* parseMaintainArguments(commandLine.slice(1))
    return maintenance === null ? { action: "help" } : { action: "maintain", maintain: maintenance }
  }
  if (commandLine[0] === "migrate") {
    const migration = yield* parseMigrateArguments(commandLine.slice(1))
    return migration === null ? { action: "help" } : { action: "migrate", migrate: migration }
  }
  if (commandLine[0] === "serve" || commandLine[0] === "worker") {
    const [name, ...args] = commandLine
    return args.includes("--help") || args.includes("-h")
      ? { action: "help" }
      : { action: "server", server: { name, args } }
  }
  const { positionals, values } = yield* splitCommandLine(commandLine, options)
  if (values.version) {
    return { action: "version" }
  }
  if (values.help) {
    return { action: "help" }
  }
  const [command, ...files] = positionals
  if (command !== "extract") {
    return yield* wrong(command === undefined ? "Name a command." : `There is no command "${command}".`)
  }
  if (files.length === 0) {
    return yield* wrong("Name at least one file.")
  }
  const ocr = yield* ocrEngineOf(values.ocr)
  const tiers = yield* parseTierArguments(values)
  const format = yield* formatOf(values.format)
  const out = values.out ?? null
  if (out !== null) {
    yield* checkStems(files, formatExtensions[format])
  }
  const calendar = format === "ics" ? yield* calendarOf(values["start-date"], values.zone, values.until ?? null) : null
  const { explain, quiet } = values
  return { action: "extract", extract: { files, format, out, ocr, tiers, explain, quiet, calendar } }
})

/** The name under which the result of `file` is written into the folder of `--out`. */
export const outputName = (file: string, extension: string): string => `${parse(file).name}.${extension}`

const isFormat = (format: string): format is Format => Object.hasOwn(formatExtensions, format)

const formatOf = (format: string): Effect.Effect<Format, UsageError> =>
  isFormat(format)
    ? Effect.succeed(format)
    : wrong(`There is no --format ${format}; use ${Object.keys(formatExtensions).join(", ")}.`)

// Case is left aside because some file systems do so.
const checkStems = (files: ReadonlyArray<string>, extension: string): Effect.Effect<void, UsageError> => {
  const fileOfName = new Map<string, string>()
  for (const file of files) {
    const name = outputName(file, extension).toLowerCase()
    const other = fileOfName.get(name)
    if (other !== undefined) {
      return wrong(`${other} and ${file} would both be written to ${outputName(file, extension)}.`)
    }
    fileOfName.set(name, file)
  }
  return Effect.void
}

const calendarOf = Effect.fnUntraced(function* (
  startDate: string | undefined,
  zone: string | undefined,
  until: string | null
): Effect.fn.Return<CalendarArguments, UsageError> {
  if (startDate === undefined || zone === undefined) {
    return yield* wrong("--format ics needs --start-date and --zone.")
  }
  for (const [name, date] of Object.entries({ "--start-date": startDate, "--until": until })) {
    if (date !== null && !z.iso.date().safeParse(date).success) {
      return yield* wrong(`${name} ${date} is no date; write it as 2025-09-01.`)
    }
  }
  if (findCalendarZone(zone) === null) {
    return yield* wrong(`${zone} is no time zone; write one like Europe/London.`)
  }
  if (until !== null && until < startDate) {
    return yield* wrong("--until lies before --start-date.")
  }
  return { startDate, zone, until }
})
