import type { Page, Word } from "../document/Page.ts"

/** A value with the words that it was read from. */
export interface Sourced<A> {
  readonly value: A
  readonly words: ReadonlyArray<Word>
  /** The page of the words, where that is another one than what they are said of stands on. */
  readonly page?: Page
  /** Name of the rule that made the value. */
  readonly rule: string
  readonly repaired: boolean
  /** 0 to 1: how well the rule alone, apart from the words, holds. */
  readonly certainty: number
}
