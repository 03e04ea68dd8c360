import { fieldDoubts } from "./fieldDoubts.ts"
import { nameDoubts } from "./nameDoubts.ts"
import { pageDoubts } from "./pageDoubts.ts"
import type { ReadBlock } from "./ReadBlock.ts"
import { weekDoubts } from "./weekDoubts.ts"

/**
 * What speaks against a block, by name, with what it means. Each is a number from 0, no doubt, to 1. None falls when a
 * word is read with less confidence, or when a second engine disagrees.
 */
export const doubtMeanings = {
  dayWords: "how unsure the least sure word of the day is",
  dayRule: "how unsure the rule that gave the day is",
  dayRepaired: "the day was misspelled or follows from the days beside it",
  dayDisputed: "a second engine read the day differently",
  dayOpen: "no day is known",
  startWords: "how unsure the least sure word of the start is",
  startRule: "how unsure the rule that gave the start is",
  startRepaired: "the start was put right",
  startInferred: "the start follows from what stands around",
  startDisputed: "a second engine read the start differently",
  startOpen: "no start is known, though other blocks have one or none has so much as a period",
  periodGap: "no time is known, and the numbers of some periods were not read",
  endWords: "how unsure the least sure word of the end is",
  endRule: "how unsure the rule that gave the end is",
  endRepaired: "the end was put right",
  endInferred: "the end follows from what stands around",
  endDisputed: "a second engine read the end differently",
  endOpen: "no end is known, though another block follows",
  nameWords: "how unsure the least sure word of the name is",
  nameMean: "how unsure its words are in the mean",
  nameRule: "how unsure the rule that gave the name is",
  nameRepaired: "the name was completed by what it must be",
  nameDisputed: "a second engine read the name differently",
  nameUnsupported: "how unsure its least sure word is that stands nowhere else",
  nameRare: "a word of it stands nowhere else, or is read nowhere else with confidence",
  nameNear: "a word of it is a letter away from one that stands there more often",
  nameShape: "words that are no words: stray letters and signs, capitals and digits within",
  nameClock: "a time, or what may be one, is left in the name",
  nameLong: "the name is as long as several",
  nameAccents: "an accent may have been lost: the language has them, and the short name none",
  overlap: "another block of that day claims the same minutes",
  oddMinute: "the time is not of the five minutes in which schools count",
  oddLength: "the block is over at once, or lasts half a day",
  soleLength: "no other block is as long",
  looseStart: "no block ends when it starts",
  looseEnd: "no block starts when it ends",
  unevenDay: "the day has more or fewer blocks than the others",
  pageWords: "how unsure the words are that its page was read from",
  pageUnsure: "the share of them that are very unsure",
  pageDisputed: "the share of them that a second engine read differently",
  pageUnexplained: "the share of words among them that became no part of a block",
  pageRepaired: "the share of the page's blocks with something repaired",
  pageShape: "the names of the page that are no words",
  pageLoose: "the share of the page's blocks that follow on none",
  pageOverlap: "the share of the page's blocks that overlap another"
} as const

/** One of {@link doubtMeanings}. */
export type DoubtName = keyof typeof doubtMeanings

/** All names of doubts. */
// Object.keys forgets the names.
export const doubtNames = Object.keys(doubtMeanings) as ReadonlyArray<DoubtName>

/** All that speaks against one block. */
export type Doubts = Readonly<Record<DoubtName, number>>

/** What speaks against each of the blocks of one document. */
export const doubtsOf = (blocks: ReadonlyArray<ReadBlock>): ReadonlyArray<Doubts> => {
  const names = nameDoubts(blocks)
  const week = weekDoubts(blocks)
  const own = blocks.map(({ draft }, i) => ({ ...fieldDoubts(draft), ...names[i]!, ...week[i]! }))
  const page = pageDoubts(blocks, own)
  return own.map((doubts, i) => ({ ...doubts, ...page[i]! }))
}
