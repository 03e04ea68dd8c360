import type { OcrProvider } from "../../ocr/OcrProvider.ts"

/** An OCR engine on somebody else's machine: using it sends page images there. */
export interface CloudOcr {
  /** Who gets to see the pages, such as `"google-vision"`; events and budgets go by it. */
  readonly provider: string
  readonly ocr: OcrProvider["Service"]
  /** US dollars a page; null where it is not known, and then runs with a budget in dollars do not use it. */
  readonly usdPerPage: number | null
}
