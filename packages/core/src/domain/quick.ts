/**
 * The short way through a schema for values as they usually are. It gives what the schema gives, or nothing: then the
 * schema itself is asked, which also says what is wrong. Stores decode every row that they read, and encode every row of a
 * batch, so that this is worth its while: a row costs a sixth of the time.
 */
import * as z from "zod"

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

/**
 * The short ways of a schema. Where nothing was told of it, those that are given, or else what follows from how it is made;
 * of what is made in some other way the schema itself is asked.
 */
export const quickWaysOf = (schema: z.ZodType, otherwise?: QuickWays): QuickWays => {
  const told = known.get(schema) ?? otherwise
  if (told !== undefined) return told
  const ways = madeWays(schema)
  known.set(schema, ways)
  return ways
}

const madeWays = (schema: z.ZodType): QuickWays => {
  if (schema instanceof z.ZodObject) return sameWay(quickObject(schema))
  if (schema instanceof z.ZodDefault) {
    // Types do not tell what is wrapped; it is a schema all the same.
    const { decode } = quickWaysOf(schema.unwrap() as z.ZodType)
    const parse = through(schema)
    return sameWay((value) => (value === undefined ? parse(value) : decode(value)))
  }
  const { checks = [] } = schema.def
  if (checks.length > 0) return sameWay(through(schema))
  if (schema instanceof z.ZodEnum) {
    const values = new Set<unknown>(schema.options)
    return sameWay((value) => (values.has(value) ? value : unusual))
  }
  if (schema instanceof z.ZodString && schema.format === null) {
    return sameWay((value) => (typeof value === "string" ? value : unusual))
  }
  if (schema instanceof z.ZodBoolean) return sameWay((value) => (typeof value === "boolean" ? value : unusual))
  if (isOmissible(schema)) {
    const { decode } = quickWaysOf(schema.unwrap() as z.ZodType)
    return sameWay((value) => (value === undefined ? undefined : decode(value)))
  }
  return sameWay(through(schema))
}

/** The ways of a schema whose values look the same in both places. */
export const sameWay = (way: Quick): QuickWays => ({ decode: way, encode: way })

/** Whether a schema makes nothing of nothing. */
const isOmissible = (schema: z.ZodType): schema is z.ZodOptional =>
  schema instanceof z.ZodOptional && schema.def.innerType._zod.optin === undefined

/** What must hold of an object besides its schema, part by part. */
export interface PartsAllowed {
  /** Of a name that the schema does not know. */
  readonly name: (name: string) => boolean
  /** Of every part, as its field gives it. */
  readonly part: (part: unknown) => boolean
}

const anyParts: PartsAllowed = { name: () => true, part: () => true }

const hasAllowed = (object: Readonly<Record<string, unknown>>, { name, part }: PartsAllowed): boolean => {
  for (const key in object) if (!name(key) || !part(object[key])) return false
  return true
}

/** A plain object goes field by field where the others that it may have are taken as they are, or not at all. */
export const quickObject = (schema: z.ZodObject, allowed: PartsAllowed = anyParts): Quick => {
  const others = schema.def.catchall?._zod.def.type
  if (others !== "unknown" && others !== "never") {
    const slowly = through(schema)
    return (value) => {
      const object = slowly(value)
      return isPlain(object) && hasAllowed(object, allowed) ? object : unusual
    }
  }
  const shape = Object.entries<z.ZodType>(schema.shape)
  const fields = new Map(shape.map(([name, field]) => [name, quickWaysOf(field).decode]))
  const needed = shape.flatMap(([name, field]) => (isOmissible(field) ? [] : [name]))
  const passesChecks = checksOf(schema)
  return (value) => {
    if (!isPlain(value)) return unusual
    for (const name of needed) if (!(name in value)) return unusual
    // A copy made at once takes a third of the time of one that grows, and mostly nothing in it changes.
    const object: Record<string, unknown> = Object.assign({}, value)
    for (const name in value) {
      const field = fields.get(name)
      if (field === undefined && (others === "never" || name === "__proto__" || !allowed.name(name))) return unusual
      const given = value[name]
      const part = field === undefined ? given : field(given)
      if (part === unusual || !allowed.part(part)) return unusual
      if (part !== given) object[name] = part
    }
    return passesChecks(object) ? object : unusual
  }
}

/**
 * The same way, for values that are mostly what the one before was, as those of a column are in rows that stand together:
 * what came of it is told again. Only short and immutable values are remembered.
 */
export const remembering = (way: Quick): Quick => {
  let last: unknown = unusual
  let result: unknown = unusual
  return (value) => {
    if (Object.is(value, last)) return result
    const found = way(value)
    if (typeof value === "string" ? value.length <= memorableLength : typeof value === "number" || value === null) {
      last = value
      result = found
    }
    return found
  }
}

const memorableLength = 64

/** Whether a value is an object that inherits nothing but what every object does. */
export const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== "object" || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Whether the checks that an object schema makes of all its fields together are content with a value. */
export const checksOf = (schema: z.ZodObject): ((value: unknown) => boolean) => {
  const checks = schema.def.checks ?? []
  if (checks.length === 0) return () => true
  return (value) => {
    // The checks are those of the schema whose fields the value has.
    const payload = { value: value as never, issues: [] }
    for (const check of checks) check._zod.check(payload)
    return payload.issues.length === 0
  }
}
