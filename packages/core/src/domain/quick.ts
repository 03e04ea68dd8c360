/**
 * The short way through a schema for values as they usually are. It gives what the schema gives, or nothing: then the
 * schema itself is asked, which also says what is wrong. Stores decode every row that they read, and encode every row of a
 * batch, so that this is worth its while: a row costs a sixth of the time.
 */
import type * as z from "zod"

/** Says that the schema must be asked. */
export const unusual: unique symbol = Symbol("unusual")

/** What a schema makes of a value, or {@link unusual}. */
export type Quick = (value: unknown) => unknown

/** The short ways of a codec, from rows and to rows; of any other schema both are the same. */
export interface QuickWays {
  readonly decode: Quick
  readonly encode: Quick
}

const known = new WeakMap<z.ZodType, QuickWays>()

/** Tells the short ways of a schema. They must agree with it, as the property tests see to. */
export const withQuickWays = <S extends z.ZodType>(schema: S, ways: QuickWays): S => {
  known.set(schema, ways)
  return schema
}

/** The way through a schema itself. */
export const through =
  (schema: z.ZodType): Quick =>
  (value) => {
    const result = schema.safeParse(value)
    return result.success ? result.data : unusual
  }

/** Tells that values for which `isUsual` holds are taken as they are; others go through the schema. */
export const quickWhere = <S extends z.ZodType>(schema: S, isUsual: (value: unknown) => boolean): S => {
  const parse = through(schema)
  const way: Quick = (value) => (isUsual(value) ? value : parse(value))
  return withQuickWays(schema, { decode: way, encode: way })
}

/** The short ways of a schema; where nothing was told of it, those that are given, or else the way through it. */
export const quickWaysOf = (schema: z.ZodType, otherwise?: QuickWays): QuickWays =>
  known.get(schema) ?? otherwise ?? { decode: through(schema), encode: through(schema) }

/** Whether the checks that an object schema makes of all its fields together are content with a value. */
export const passesChecks = (schema: z.ZodObject, value: unknown): boolean => {
  // The checks are those of the schema whose fields the value has.
  const payload = { value: value as never, issues: [] }
  for (const check of schema.def.checks ?? []) check._zod.check(payload)
  return payload.issues.length === 0
}
