import { cutText } from "../domain/text.ts"
import type { ExtractionWarning } from "../extraction/Extraction.ts"

/** Cuts text to what a column holds. `what` names it in a sentence; `index` is the place of its timeblock. */
export type Cut = (text: string, maxLength: number, what: string, index?: number) => string

/** Cuts, and collects a warning for each text of which something was lost. */
export const makeCut = (): { readonly cut: Cut; readonly warnings: ReadonlyArray<ExtractionWarning> } => {
  const warnings: Array<ExtractionWarning> = []
  const cut: Cut = (text, maxLength, what, index) => {
    const kept = cutText(text, maxLength)
    if (kept !== text)
      warnings.push({
        code: "text_cut",
        message: `${what} is longer than ${maxLength} characters and was cut.`,
        ...(index !== undefined && { timeblocks: [index] })
      })
    return kept
  }
  return { cut, warnings }
}
