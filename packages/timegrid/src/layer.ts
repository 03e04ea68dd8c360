import { availableParallelism } from "node:os"
import {
  type DocumentReader,
  DocumentReaders,
  defaultLimits,
  type Limits,
  type OcrError,
  type OcrProvider
} from "@timegrid/core"
import { Effect, Layer } from "effect"
import { builtInReaders } from "./builtInReaders.ts"
import { isolateReader } from "./isolation/isolateReader.ts"
import { makeParserPool } from "./isolation/ParserPool.ts"
import type { OcrEngine } from "./ocr/OcrEngine.ts"
import { ocrEngineLayer } from "./ocr/ocrEngineLayer.ts"
import type { TierOptions } from "./tiers/TierOptions.ts"

/** What can be chosen of {@link layer}. */
export interface LocalOptions {
  /** Tesseract's names of the languages on the pages, the most frequent first. Default `["eng"]`. */
  readonly languages?: ReadonlyArray<string>
  /** Those left out keep their defaults. */
  readonly limits?: Partial<Limits>
  /** Documents that are read at once; more wait. Default half the processors, from 1 to 4. */
  readonly concurrency?: number
  /** What reads the page images of the engines that Timegrid knows. Default `"auto"`. */
  readonly ocrEngine?: OcrEngine
  /** Reads the page images instead of `ocrEngine`. */
  readonly ocr?: Layer.Layer<OcrProvider, OcrError>
  /** Asked before the readers of PDF, images and Word files. Only those with a `module` run isolated. */
  readonly readers?: ReadonlyArray<DocumentReader>
  /**
   * Parses files in a process of its own, within the limits on time and memory. Default true; false only for files
   * that are trusted: it saves the process, but then no limit on time or memory holds.
   */
  readonly isolate?: boolean
}

/** What can be chosen of `createTimegrid`. */
export interface TimegridOptions extends LocalOptions, TierOptions {}

/** How many documents are read at once where `concurrency` is not given. */
export const defaultConcurrency = (): number => Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2)))

/** The services that `extractDocument` needs, as `createTimegrid` wires them: all of them work on this machine. */
export const layer = (options: LocalOptions = {}): Layer.Layer<DocumentReaders | OcrProvider, OcrError> =>
  Layer.merge(
    readersLayer(options),
    options.ocr ?? ocrEngineLayer(options.ocrEngine ?? "auto", options.languages ?? ["eng"])
  )

const readersLayer = ({
  concurrency = defaultConcurrency(),
  isolate = true,
  limits,
  readers: moreReaders = []
}: LocalOptions): Layer.Layer<DocumentReaders> =>
  Layer.effect(
    DocumentReaders,
    Effect.gen(function* () {
      const readers = [...moreReaders, ...builtInReaders]
      const modules = readers.flatMap(({ module }) => (module === undefined ? [] : [module]))
      if (!isolate || modules.length === 0) {
        return readers
      }
      const { memoryBytes } = { ...defaultLimits, ...limits }
      const pool = yield* makeParserPool({ modules, size: concurrency, memoryBytes })
      return readers.map((reader) => isolateReader(reader, pool))
    })
  )
