import * as z from "zod"
import { quickWhere } from "./quick.ts"

/** Why Postgres would refuse this text in a `text`, `varchar` or `jsonb` value, as a sentence; null when it takes it. */
export const textFault = (value: string): string | null => {
  if (value.length <= shortLength && isInnocent(value)) return null
  if (value.includes("\0")) return "Text must not contain the character U+0000"
  if (!value.isWellFormed()) return "Text must not contain half of a surrogate pair"
  return null
}

/** To this length a loop over the characters is faster than what searches texts. */
const shortLength = 64

/** Whether no character is U+0000 or half of a surrogate pair, whole pairs included. */
const isInnocent = (value: string): boolean => {
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (code === 0 || (code >= 0xd800 && code <= 0xdfff)) return false
  }
  return true
}

/**
 * Text as Postgres keeps it: without U+0000 and lone surrogates, and at most `maxLength` code points long, which is how
 * `VARCHAR(n)` counts. Without `maxLength` it is as long as it likes.
 */
export const text = (maxLength?: number): z.ZodString => {
  const schema = z.string().check(({ value, issues }) => {
    const fault = textFault(value)
    if (fault !== null) issues.push({ code: "custom", message: fault, input: value })
    if (maxLength !== undefined && value.length > maxLength && [...value].length > maxLength) {
      issues.push({ code: "too_big", origin: "string", maximum: maxLength, inclusive: true, input: value })
    }
  })
  // zod's own limit counts UTF-16 units; JSON Schema counts code points, so there the number can be stated.
  return quickWhere(
    maxLength === undefined ? schema : schema.meta({ maxLength }),
    // No text has more code points than units.
    (value) => typeof value === "string" && value.length <= (maxLength ?? Infinity) && textFault(value) === null
  )
}

/**
 * Text from a page as Postgres takes it: U+FFFD, which stands for what is no character, in place of each U+0000 and each
 * lone surrogate. A caller's text is refused instead, see {@link textFault}.
 */
export const storableText = (value: string): string => value.toWellFormed().replaceAll("\0", "\ufffd")

/** The text's first `maxLength` code points. */
export const cutText = (value: string, maxLength: number): string =>
  value.length <= maxLength ? value : Array.from(value).slice(0, maxLength).join("")
