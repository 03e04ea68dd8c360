import type { Word } from "../document/Page.ts"

/** How unsure the least sure word is, 0 to 1; 0 for none. */
export const worstDoubt = (words: ReadonlyArray<Word>): number =>
  greatest(words.map(({ confidence }) => 1 - confidence))

/** How unsure words are in the mean, 0 to 1; 0 for none. */
export const meanDoubt = (words: ReadonlyArray<Word>): number => mean(words.map(({ confidence }) => 1 - confidence))

/** Whether a second engine read one of the words differently. */
export const isDisputed = (words: ReadonlyArray<Word>): boolean => words.some(({ agreement }) => agreement === false)

/** Tells words apart that stand in different places. */
export const placeOf = ({ box, text }: Word): string => `${box.x} ${box.y} ${text}`

/** The greatest of numbers from 0 on; 0 for none. */
export const greatest = (values: ReadonlyArray<number>): number =>
  values.reduce((most, value) => Math.max(most, value), 0)

/** The mean of numbers; 0 for none. */
export const mean = (values: ReadonlyArray<number>): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
