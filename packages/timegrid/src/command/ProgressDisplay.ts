import type { ExtractionProgress } from "@timegrid/core"
import { Clock, Effect, Schedule, type Scope } from "effect"
import { isTerminal, widthOf } from "./terminal.ts"

/** Shows how far several extractions have come. */
export interface ProgressDisplay {
  readonly update: (file: string, progress: ExtractionProgress) => void
  /** Counts a file as done, whether it was read or not. */
  readonly done: (file: string) => void
  /** Makes room for other output on the same terminal; the next update draws anew. */
  readonly clear: Effect.Effect<void>
}

/** Shows nothing. */
export const silentDisplay: ProgressDisplay = { update: () => {}, done: () => {}, clear: Effect.void }

/** A bar with stage and time left on a terminal, else a line for each stage of each file; gone with the scope. */
export const makeProgressDisplay = (
  stream: NodeJS.WriteStream,
  fileCount: number
): Effect.Effect<ProgressDisplay, never, Scope.Scope> =>
  isTerminal(stream) ? makeBar(stream, fileCount) : Effect.succeed(makeLines(stream))

const makeLines = (stream: NodeJS.WritableStream): ProgressDisplay => {
  const shown = new Map<string, string>()
  return {
    ...silentDisplay,
    update: (file, progress) => {
      const stage = describe(progress)
      if (shown.get(file) !== stage) {
        shown.set(file, stage)
        stream.write(`${file}: ${stage}\n`)
      }
    }
  }
}

const eraseLine = "\r\u001b[2K"
const barCells = 24

const makeBar = Effect.fnUntraced(function* (
  stream: NodeJS.WriteStream,
  fileCount: number
): Effect.fn.Return<ProgressDisplay, never, Scope.Scope> {
  const clock = yield* Clock.Clock
  const startMillis = clock.currentTimeMillisUnsafe()
  const underWay = new Map<string, ExtractionProgress>()
  let filesDone = 0

  const draw = Effect.sync(() => {
    const [file, progress] = [...underWay].at(-1) ?? []
    if (file === undefined || progress === undefined) {
      return
    }
    const partial = [...underWay.values()].reduce((sum, { fraction }) => sum + fraction, 0)
    const fraction = Math.min(1, (filesDone + partial) / fileCount)
    const elapsedSeconds = (clock.currentTimeMillisUnsafe() - startMillis) / 1000
    const parts = [
      bar(fraction),
      `${Math.round(fraction * 100)} %`.padStart(5),
      fileCount > 1 ? `${filesDone}/${fileCount}` : "",
      timeLeft(fraction, elapsedSeconds),
      // The name comes last, since it may be too long for the line.
      `${describe(progress)} ${file}`
    ]
    stream.write(
      eraseLine +
        parts
          .filter((part) => part !== "")
          .join("  ")
          .slice(0, widthOf(stream) - 1)
    )
  })
  const clear = Effect.sync(() => void stream.write(eraseLine))

  yield* Effect.addFinalizer(() => clear)
  yield* Effect.forkScoped(Effect.repeat(draw, Schedule.spaced("100 millis")))
  return {
    update: (file, progress) => void underWay.set(file, progress),
    done: (file) => {
      underWay.delete(file)
      filesDone += 1
    },
    clear
  }
})

const bar = (fraction: number): string => {
  const full = Math.round(fraction * barCells)
  return `${"█".repeat(full)}${"░".repeat(barCells - full)}`
}

const describe = ({ page, pages, stage }: ExtractionProgress): string =>
  stage === "ocr" && pages !== null && page !== null && pages > 1
    ? `reading page ${Math.min(page + 1, pages)} of ${pages}`
    : stageNames[stage]

const stageNames: Readonly<Record<ExtractionProgress["stage"], string>> = {
  classification: "looking at the file",
  preprocessing: "opening",
  ocr: "reading",
  interpretation: "understanding",
  validation: "checking",
  llm: "asking a language model"
}

// Before this share the speed is a guess.
const leastFraction = 0.1

const timeLeft = (fraction: number, elapsedSeconds: number): string => {
  if (fraction < leastFraction || fraction === 1) {
    return ""
  }
  const seconds = Math.ceil((elapsedSeconds / fraction) * (1 - fraction))
  return seconds < 60 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`
}
