import { existsSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { join } from "node:path"
import { Data, Effect } from "effect"

/** One language's model as tesseract.js wants it: `data` is the gzipped or plain traineddata file. */
export interface LanguageData {
  readonly code: string
  readonly data: Uint8Array
}

/** No model of this language is installed; `message` says what to install. */
export class LanguageDataMissing extends Data.TaggedError("LanguageDataMissing")<{
  readonly language: string
  readonly message: string
  readonly cause?: unknown
}> {}

// tesseract joins names with "+" and uses them as file names.
const languageName = /^\w+$/

// The plain LSTM model: equal text to the 4 times larger "4.0.0", which adds the legacy engine that is never loaded.
const variant = "4.0.0_best_int"

const packageFile = (language: string): string | undefined => {
  const file = `@tesseract.js-data/${language}/${variant}/${language}.traineddata.gz`
  // From this package first, then from the application's folder, where further languages are installed.
  for (const from of [import.meta.url, join(process.cwd(), "package.json")]) {
    try {
      return createRequire(from).resolve(file)
    } catch {}
  }
  return undefined
}

/** Tesseract's names of languages by their codes of ISO 639-1. */
const namesOfLanguages: ReadonlyMap<string, string> = new Map([
  ["de", "deu"],
  ["en", "eng"],
  ["es", "spa"],
  ["fr", "fra"],
  ["it", "ita"],
  ["nl", "nld"],
  ["pt", "por"]
])

/**
 * The models that are there besides those of `languages`, by their codes of ISO 639-1: those of `folder` and of the
 * packages that are installed.
 */
export const furtherLanguages = (languages: ReadonlyArray<string>, folder?: string): ReadonlyMap<string, string> =>
  new Map(
    [...namesOfLanguages].filter(
      ([, name]) => !languages.includes(name) && candidates(name, folder).some((path) => existsSync(path))
    )
  )

const candidates = (language: string, folder: string | undefined): ReadonlyArray<string> => {
  const installed = packageFile(language)
  return [
    ...(folder === undefined
      ? []
      : [`${language}.traineddata.gz`, `${language}.traineddata`].map((f) => join(folder, f))),
    ...(installed === undefined ? [] : [installed])
  ]
}

/**
 * Reads a language's model from `folder`, else from the npm package `@tesseract.js-data/<language>`. Never touches the
 * network.
 */
export const loadLanguageData = Effect.fnUntraced(function* (language: string, folder?: string) {
  const missing = (cause?: unknown) =>
    new LanguageDataMissing({
      language,
      message: `No language data for "${language}": install @tesseract.js-data/${language} or set languageDataPath.`,
      cause
    })
  const paths = languageName.test(language) ? candidates(language, folder) : []
  if (paths.length === 0) return yield* missing()
  return yield* Effect.firstSuccessOf(
    paths.map((path) => Effect.tryPromise({ try: () => readFile(path), catch: missing }))
  ).pipe(Effect.map((data): LanguageData => ({ code: language, data })))
})
