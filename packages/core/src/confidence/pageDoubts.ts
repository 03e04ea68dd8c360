import type { Page } from "../document/Page.ts"
import { contains, middleX, middleY, union } from "../table/geometry.ts"
import type { fieldDoubts } from "./fieldDoubts.ts"
import type { nameDoubts } from "./nameDoubts.ts"
import type { ReadBlock } from "./ReadBlock.ts"
import type { weekDoubts } from "./weekDoubts.ts"
import { isDisputed, mean, meanDoubt, placeOf } from "./wordDoubts.ts"

/** What speaks against a block by itself and by its place in the week. */
export type OwnDoubts = ReturnType<typeof fieldDoubts> &
  ReturnType<typeof nameDoubts>[number] &
  ReturnType<typeof weekDoubts>[number]

/**
 * What speaks against all blocks of a page alike: where much was read badly or became part of nothing, the page was
 * hardly understood.
 */
export const pageDoubts = (blocks: ReadonlyArray<ReadBlock>, own: ReadonlyArray<OwnDoubts>) => {
  const byPage = Map.groupBy(blocks.keys(), (i) => blocks[i]!.page)
  const found = new Map(
    [...byPage].map(([page, indices]) => [
      page,
      doubtsOfPage(
        page,
        indices.map((i) => blocks[i]!),
        indices.map((i) => own[i]!)
      )
    ])
  )
  return blocks.map(({ page }) => found.get(page)!)
}

/** Words less sure than this are very unsure. */
const unsureBelow = 0.8

const doubtsOfPage = (page: Page, blocks: ReadonlyArray<ReadBlock>, own: ReadonlyArray<OwnDoubts>) => {
  const used = new Map(
    blocks
      .flatMap(({ draft: { day, end, name, notes, start } }) => [day, start, end, name, notes])
      .flatMap((field) => field?.words ?? [])
      .map((word) => [placeOf(word), word])
  )
  const words = [...used.values()]
  const extent = union(words.map(({ box }) => box))
  const inside = page.words.filter(
    ({ box, text }) => /[\p{L}\p{N}]/u.test(text) && contains(extent, middleX(box), middleY(box))
  )
  const share = (of: (doubts: OwnDoubts) => number): number => mean(own.map(of))
  return {
    pageWords: meanDoubt(words),
    pageUnsure: mean(words.map(({ confidence }) => Number(confidence < unsureBelow))),
    pageDisputed: mean(words.map((word) => Number(isDisputed([word])))),
    pageUnexplained: mean(inside.map((word) => Number(!used.has(placeOf(word))))),
    pageRepaired: share((doubts) =>
      Math.max(doubts.dayRepaired, doubts.startRepaired, doubts.endRepaired, doubts.nameRepaired)
    ),
    pageShape: share(({ nameShape }) => nameShape),
    pageLoose: share(({ looseEnd, looseStart }) => Math.max(looseStart, looseEnd)),
    pageOverlap: share(({ overlap }) => overlap)
  }
}
