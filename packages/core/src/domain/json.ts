import * as z from "zod"
import { isPlain, type PartsAllowed, quickObject, sameWay, withQuickWays } from "./quick.ts"
import { storableText, textFault } from "./text.ts"

/** Levels of nesting that a JSON value may have. */
const maxDepth = 32

interface JsonFault {
  readonly path: Array<PropertyKey>
  readonly message: string
}

/** What Postgres would refuse in a `jsonb` value, or what JSON would silently change, each with its place. */
function* jsonFaults(value: unknown, path: Array<PropertyKey> = []): Generator<JsonFault> {
  if (typeof value === "string") {
    const message = textFault(value)
    if (message !== null) yield { path, message }
  } else if (typeof value === "number") {
    if (!Number.isFinite(value)) yield { path, message: "JSON has no number for this value" }
  } else if (path.length >= maxDepth) {
    if (typeof value === "object" && value !== null)
      yield { path, message: `JSON nests deeper than ${maxDepth} levels` }
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* jsonFaults(item, [...path, index])
  } else if (z.core.util.isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      const message = textFault(key)
      if (message !== null) yield { path: [...path, key], message }
      if (item !== undefined) yield* jsonFaults(item, [...path, key])
    }
  } else if (value !== null && typeof value !== "boolean") {
    yield { path, message: "JSON has no form for this value" }
  }
}

/** Whether {@link jsonFaults} would find nothing, found at once. */
const isStorable = (value: unknown, depth: number): boolean => {
  if (typeof value === "string") return textFault(value) === null
  if (typeof value === "number") return Number.isFinite(value)
  if (value === null || typeof value === "boolean") return true
  if (typeof value !== "object" || depth >= maxDepth) return false
  if (Array.isArray(value)) {
    for (const item of value) if (!isStorable(item, depth + 1)) return false
    return true
  }
  if (!isPlain(value)) return false
  for (const key in value) {
    const item = value[key]
    if (textFault(key) !== null || (item !== undefined && !isStorable(item, depth + 1))) return false
  }
  return true
}

/**
 * Narrows `schema` to what a `jsonb` column gives back unchanged: plain JSON values, at most 32 levels deep, every text
 * and key free of U+0000 and lone surrogates. Faults carry their path inside the value.
 */
export const json = <S extends z.ZodType>(schema: S): S => {
  const narrowed = schema.check(({ value, issues }) => {
    if (isStorable(value, 0)) return
    for (const { path, message } of jsonFaults(value)) issues.push({ code: "custom", path, message, input: value })
  })
  if (schema instanceof z.ZodObject) withQuickWays(narrowed, sameWay(quickObject(schema, storableParts)))
  return narrowed
}

/** The same of an object that its schema looks at anyway, in one go. */
const storableParts: PartsAllowed = {
  name: (name) => textFault(name) === null,
  part: (part) => part === undefined || isStorable(part, 1)
}

/** A JSON value from a page as a `jsonb` column takes it: every text and key as {@link storableText} makes it. */
export const storableJson = <Value>(value: Value): Value => {
  const storable = (part: unknown): unknown => {
    if (typeof part === "string") return storableText(part)
    if (Array.isArray(part)) return part.map(storable)
    if (!z.core.util.isPlainObject(part)) return part
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [storableText(key), storable(item)]))
  }
  // Texts become texts, and everything else keeps its shape.
  return storable(value) as Value
}
