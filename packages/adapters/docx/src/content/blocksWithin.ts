import type { Block, Paragraph, Picture } from "./Block.ts"

/** All paragraphs and pictures in reading order, also those in tables among the blocks. */
export const blocksWithin = (blocks: ReadonlyArray<Block>): ReadonlyArray<Paragraph | Picture> =>
  blocks.flatMap((block) =>
    block.kind === "table" ? block.grid.cells.flatMap(({ content }) => blocksWithin(content?.blocks ?? [])) : [block]
  )

/** All paragraphs in reading order, also those in tables among the blocks. */
export const paragraphsWithin = (blocks: ReadonlyArray<Block>): ReadonlyArray<Paragraph> =>
  blocksWithin(blocks).filter((block) => block.kind === "paragraph")
