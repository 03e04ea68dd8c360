import { Effect } from "effect"
import type { PageImage } from "../document/Page.ts"
import { CapabilityMissing, OcrError } from "./OcrError.ts"
import type { OcrPage } from "./OcrPage.ts"
import type { OcrProvider } from "./OcrProvider.ts"

/** The words and tables of a page; fails with `CapabilityMissing` where the engine makes out no tables. */
export const recognizeTables = (ocr: OcrProvider["Service"], image: PageImage): Effect.Effect<OcrPage, OcrError> =>
  ocr.recognizePage?.(image) ??
  Effect.fail(
    new OcrError({
      engine: ocr.engine,
      pageNumber: image.pageNumber,
      reason: new CapabilityMissing({ capability: "tables" })
    })
  )
