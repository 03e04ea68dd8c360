import { Effect } from "effect"
import type * as z from "zod"
import type { Interpretation } from "../timetable/interpretPages.ts"
import { Extraction, type Tier, tiers } from "./Extraction.ts"
import type { ReadPage } from "./readPages.ts"

/** What an {@link Extraction} holds besides its timings, which are known only when the run has ended. */
export const UntimedExtraction = Extraction.omit({ timings: true })
export type UntimedExtraction = z.output<typeof UntimedExtraction>

/** What validation puts together. */
export interface ExtractionParts {
  readonly file: string
  readonly documentHash: string
  readonly documentType: string
  readonly pages: ReadonlyArray<ReadPage>
  readonly interpretation: Interpretation
}

/** Puts the result together and checks it against the schema; a result that breaks it is a defect of ours. */
export const validateExtraction = Effect.fn("validateExtraction")(
  ({ documentHash, documentType, file, interpretation, pages }: ExtractionParts): Effect.Effect<UntimedExtraction> =>
    Effect.sync(() =>
      UntimedExtraction.parse({
        schemaVersion: 1,
        file,
        documentHash,
        documentType,
        pages: pages.map(({ page, tier }) => ({
          page: page.pageNumber,
          widthPx: Math.round(page.widthPx),
          heightPx: Math.round(page.heightPx),
          rotation: page.rotation,
          tier
        })),
        ...interpretation,
        tier: highestTier(pages, interpretation)
      })
    )
)

/** The highest tier that a block came from; without blocks, that a page was read by. */
const highestTier = (pages: ReadonlyArray<ReadPage>, { timeblocks }: Interpretation): Tier => {
  const pagesWithBlocks = new Set(timeblocks.map(({ page }) => page))
  const relevant = timeblocks.length === 0 ? pages : pages.filter(({ page }) => pagesWithBlocks.has(page.pageNumber))
  return tiers[Math.max(0, ...relevant.map(({ tier }) => tiers.indexOf(tier)))] ?? "native"
}
