/** What all engines behind a network have in common. */
import {
  isBlankImage,
  OcrError,
  type OcrErrorReason,
  type OcrOptions,
  type OcrPage,
  OcrProvider,
  type OcrTable,
  type PageImage,
  ServiceTimedOut,
  UnreadableImage
} from "@timegrid/core"
import { Duration, Effect, Semaphore } from "effect"
import { encodeImage, type ImageFile } from "./encodeImage.ts"
import { pageWords, type StatedWord } from "./pageWords.ts"

/** What can be chosen of every engine behind a network. */
export interface CloudOcrOptions {
  /** Calls at once; more wait. Default 4. */
  readonly concurrency?: number
  /** After this long a call is given up, and has failed with `ServiceTimedOut`. Default 1 minute. */
  readonly timeout?: Duration.Input
  /** Answers are read up to this; longer ones fail with `ResponseTooLarge`. Default 8 MiB. */
  readonly maxAnswerBytes?: number
}

/** The answers of full pages have about a megabyte, where every letter has its box two. */
export const defaultMaxAnswerBytes = 8 * 1024 * 1024

/** An image as it is sent, and the pixels that it shows. */
export interface SentImage extends ImageFile {
  readonly page: PageImage
}

/** What a service states of an image. */
export interface StatedPage {
  readonly words: ReadonlyArray<StatedWord>
  readonly tables: ReadonlyArray<OcrTable>
}

/** What one service does in its own way. */
export interface CloudEngine extends Pick<OcrProvider["Service"], "engine" | "parameters"> {
  readonly granularity?: "crop" | "page"
  /** The service takes no larger files. */
  readonly maxImageBytes: number
  /** Whether it makes out tables. */
  readonly hasTables: boolean
  /** Sends an image and reads what it is answered. */
  readonly ask: (image: SentImage, options: OcrOptions) => Effect.Effect<StatedPage, OcrErrorReason>
}

/** An `OcrProvider` over a service: checks and encodes images, waits its turn, keeps the time, and states failures. */
export const makeCloudOcr = (
  { ask, engine, granularity = "page", hasTables, maxImageBytes, parameters }: CloudEngine,
  { concurrency: wanted = 4, timeout = "1 minute" }: CloudOcrOptions
): OcrProvider["Service"] => {
  const concurrency = Math.max(1, Math.floor(wanted))
  const permits = Semaphore.makeUnsafe(concurrency)
  const duration = Duration.fromInputUnsafe(timeout)

  const read = Effect.fnUntraced(function* (
    page: PageImage,
    options: OcrOptions
  ): Effect.fn.Return<OcrPage, OcrErrorReason> {
    yield* checkImage(page)
    // A blank page would cost as much as any other.
    if (isBlankImage(page)) return { words: [], tables: [] }
    const file = yield* encodeImage(page, maxImageBytes)
    const { tables, words } = yield* ask({ ...file, page }, options).pipe(
      Effect.timeoutOrElse({
        duration,
        orElse: () => Effect.fail(new ServiceTimedOut({ cause: `no answer within ${Duration.toMillis(duration)} ms` }))
      }),
      permits.withPermit
    )
    return { words: yield* pageWords(words, page, engine), tables }
  })

  const readPage = (page: PageImage, options: OcrOptions = {}) =>
    Effect.mapError(read(page, options), (reason) => new OcrError({ engine, pageNumber: page.pageNumber, reason }))

  return OcrProvider.of({
    engine,
    tier: "cloud_ocr",
    granularity,
    concurrency,
    ...(parameters !== undefined && { parameters }),
    recognize: Effect.fn("CloudOcr.recognize")((page: PageImage, options?: OcrOptions) =>
      Effect.map(readPage(page, options), ({ words }) => words)
    ),
    ...(hasTables && {
      recognizePage: Effect.fn("CloudOcr.recognizePage")((page: PageImage) => readPage(page))
    })
  })
}

const checkImage = ({ channels, data, heightPx, widthPx }: PageImage): Effect.Effect<void, UnreadableImage> =>
  widthPx > 0 && heightPx > 0 && data.length === widthPx * heightPx * channels
    ? Effect.void
    : Effect.fail(
        new UnreadableImage({
          cause: `${data.length} bytes are no image of ${widthPx} × ${heightPx} pixels with ${channels} channels`
        })
      )
