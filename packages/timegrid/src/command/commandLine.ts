import { type ParseArgsConfig, parseArgs } from "node:util"
import { Effect } from "effect"
import { type OcrEngine, ocrEngines } from "../ocr/OcrEngine.ts"
import { UsageError } from "./UsageError.ts"

type Options = NonNullable<ParseArgsConfig["options"]>

/** Splits a command line into options and the rest; fails with one sentence about what it does not know. */
export const splitCommandLine = <const O extends Options>(commandLine: ReadonlyArray<string>, options: O) =>
  Effect.try({
    try: () => parseArgs({ args: [...commandLine], options, allowPositionals: true }),
    catch: (cause) => new UsageError({ message: firstSentence(cause) })
  })

/** Fails because a command line makes no sense. */
export const wrong = (message: string) => Effect.fail(new UsageError({ message }))

/** The engine that `--ocr` names. */
export const ocrEngineOf = (name: string): Effect.Effect<OcrEngine, UsageError> => {
  const engine = ocrEngines.find((each) => each === name)
  return engine === undefined
    ? wrong(`There is no --ocr ${name}; use ${ocrEngines.join(", ")}.`)
    : Effect.succeed(engine)
}

/** Whether a text is the address of something that is asked over HTTP. */
export const isWebAddress = (text: string): boolean => /^https?:$/.test(URL.parse(text)?.protocol ?? "")

const firstSentence = (cause: unknown): string => {
  const message = cause instanceof Error ? cause.message : String(cause)
  const [sentence = message] = message.split(/(?<=\.)\s/, 1)
  return sentence.endsWith(".") ? sentence : `${sentence}.`
}
