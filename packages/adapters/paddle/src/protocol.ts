import type { OcrOptions } from "@timegrid/core"
import type { Pixels } from "./pixels.ts"
import type { ReadWord } from "./readWords.ts"

/** What a thread is asked: the words of an image. */
export interface ReadRequest {
  readonly id: number
  readonly pixels: Pixels
  readonly layout: NonNullable<OcrOptions["layout"]>
}

/** Nobody waits for this answer any more. */
export interface CancelRequest {
  readonly cancel: number
}

/** What it answers; `"unavailable"` when a model cannot be loaded, `"failed"` when it cannot run on the image. */
export type ReadAnswer =
  | { readonly id: number; readonly type: "words"; readonly words: ReadonlyArray<ReadWord> }
  | { readonly id: number; readonly type: "unavailable" | "failed"; readonly cause: unknown }
