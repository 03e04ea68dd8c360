import { Context, type Effect } from "effect"
import type { PageImage, Word } from "../document/Page.ts"
import type { OcrError } from "./OcrError.ts"
import type { OcrPage } from "./OcrPage.ts"

/** What the caller knows of the writing on an image. */
export interface OcrOptions {
  /**
   * `"page"`: anything, layout to be found (the default); `"block"`: one column of lines; `"line"`: one line of
   * upright text. Engines that always look for a layout treat all alike.
   */
  readonly layout?: "page" | "block" | "line"
  /** What the writing is in, by its code of ISO 639-1: one of the provider's `languages`. Default not known. */
  readonly language?: string
}

/** Reads printed words from page images. Adapters are checked by `ocrProviderContract`. */
export class OcrProvider extends Context.Service<
  OcrProvider,
  {
    /** Recorded with every result, e.g. `"tesseract.js@7"`. */
    readonly engine: string
    /** The tier of what it reads; default `"tesseract"`, which stands for every engine that sends nothing elsewhere. */
    readonly tier?: "tesseract" | "cloud_ocr"
    /** Of several engines as one, the `engine`s of those whose tier is `"cloud_ocr"`. Default itself, where its tier is. */
    readonly cloudEngines?: ReadonlyArray<string>
    /** `"crop"`: cheap a call, best on single lines and cells; `"page"`: best or only sensible on whole pages. */
    readonly granularity: "crop" | "page"
    /** How many calls run at once; more wait their turn. */
    readonly concurrency: number
    /** What besides `engine` decides what is read, such as its languages; for the key of a cache. Default none. */
    readonly parameters?: Readonly<Record<string, string | number | boolean>>
    /**
     * The languages, by their codes of ISO 639-1, that the engine reads better when it is told of them, besides what it
     * reads anyway. Absent where it takes no such hint: `inLanguage` then answers with a typed failure.
     */
    readonly languages?: ReadonlyArray<string>
    /** Whether the engine's alphabet has every character of a text; absent where it is not known. */
    readonly covers?: (text: string) => boolean
    /**
     * Words of one image in reading order; a blank image succeeds with none. Boxes are pixels of `image`, origin
     * top-left. `confidence` is the engine's own score, 0 to 1: compare it within one engine only.
     */
    readonly recognize: (image: PageImage, options?: OcrOptions) => Effect.Effect<ReadonlyArray<Word>, OcrError>
    /**
     * Words of a whole page as `recognize` gives them, and the tables that the engine makes out. Absent where it makes
     * out none: `recognizeTables` then answers with a typed failure.
     */
    readonly recognizePage?: (image: PageImage) => Effect.Effect<OcrPage, OcrError>
  }
>()("@timegrid/core/ocr/OcrProvider") {}
