/** Text of a document inside a prompt: without what no eye sees, between marks that it cannot know. */
import { Effect } from "effect"

// Core compiles without the types of a platform; every platform that it runs on has WebCrypto.
declare const crypto: { readonly getRandomValues: (bytes: Uint8Array) => Uint8Array }

/**
 * Control and format characters (zero width, direction, tags), what fonts ignore (fillers, selectors of variants), the
 * empty Braille pattern, private and unassigned ones, lone surrogates: they carry text past whoever looks at the page.
 */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{DI}\p{Co}\p{Cn}\p{Cs}\u2800]/gu

const breaks = /\r\n?|[\u0085\u2028\u2029]/g

/** The text with all breaks of lines as `\n`, tabs as spaces, and without characters that are not seen. */
export const visible = (text: string): string => text.replace(breaks, "\n").replaceAll("\t", " ").replace(unseen, "")

/** A mark that nobody could have printed on a page: 128 random bits. */
export const randomMark: Effect.Effect<string> = Effect.sync(() =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")
)

/** The text between an opening and a closing line that hold the mark. */
export const fenced = (text: string, mark: string): string => `<page ${mark}>\n${text}\n</page ${mark}>`
