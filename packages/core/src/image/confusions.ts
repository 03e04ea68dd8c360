/** A token of capitals that ends in a small L: no word, but the letter I, which looks the same in most fonts. */
const smallLAmongCapitals = /^(\P{L}*\p{Lu}{1,3})l(\P{L}*)$/u

/** A word as read with letters put right that no font tells apart: `Al` among codes is `AI`. */
export const withoutConfusions = (text: string): string => text.replace(smallLAmongCapitals, "$1I$2")
