import type { ExtractedMarker, ExtractedTimeblock, Extraction } from "../extraction/Extraction.ts"

/** What a document says of one class. */
export interface ClassPart {
  /** Null where the document names none. */
  readonly className: string | null
  /** In the order of reading, each with its place in the result. */
  readonly blocks: ReadonlyArray<{ readonly block: ExtractedTimeblock; readonly index: number }>
  readonly markers: ReadonlyArray<ExtractedMarker>
}

/**
 * The classes of a document in the order in which they are read. A block without a class is of the one that the document
 * is of. A marker holds for every class with a block on its page, and for all of them where the page has none.
 */
export const classParts = ({ markers, metadata, timeblocks }: Extraction): ReadonlyArray<ClassPart> => {
  const blocks = timeblocks.map((block, index) => ({ block, index }))
  const byClass = Map.groupBy(blocks, ({ block }) => block.className ?? metadata.className)
  if (byClass.size === 0) return markers.length === 0 ? [] : [{ className: metadata.className, blocks: [], markers }]
  const pagesWithBlocks = new Set(timeblocks.map(({ page }) => page))
  return Array.from(byClass, ([className, blocks]) => {
    const pages = new Set(blocks.map(({ block }) => block.page))
    return {
      className,
      blocks,
      markers: markers.filter(({ page }) => pages.has(page) || !pagesWithBlocks.has(page))
    }
  })
}
