import * as fc from "fast-check"
import * as z from "zod"

// JSON has no −0, NaN or infinity.
const numbers = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)

/** Values that fit a schema made of what artifacts are made of. Throws for other schemas. */
export const arbitraryOf = <Schema extends z.ZodType>(schema: Schema): fc.Arbitrary<z.output<Schema>> =>
  // Each branch follows what its kind of schema takes, which the compiler cannot see.
  anyOf(schema) as fc.Arbitrary<z.output<Schema>>

const anyOf = (schema: z.core.$ZodType): fc.Arbitrary<unknown> => {
  if (schema instanceof z.ZodObject) return objectOf(schema)
  if (schema instanceof z.ZodArray) return fc.array(anyOf(schema.element), { maxLength: 3 })
  if (schema instanceof z.ZodNullable) return fc.option(anyOf(schema.unwrap()))
  if (schema instanceof z.ZodRecord) return fc.dictionary(keyName, anyOf(schema.valueType), { maxKeys: 3 })
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options)
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values)
  if (schema instanceof z.ZodBoolean) return fc.boolean()
  if (schema instanceof z.ZodNumber) return numberOf(schema)
  if (schema instanceof z.ZodString) return stringOf(schema)
  if (schema instanceof z.ZodCustom) return fc.uint8Array({ maxLength: 5_000 })
  throw new TypeError(`no values are known for ${schema._zod.def.type}`)
}

const isOptional = (schema: z.core.$ZodType): schema is z.ZodOptional | z.ZodExactOptional =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional

const objectOf = ({ shape }: z.ZodObject): fc.Arbitrary<unknown> => {
  const members = Object.entries(shape).map(([name, schema]) => [
    name,
    anyOf(isOptional(schema) ? schema.unwrap() : schema)
  ])
  const required = Object.keys(shape).filter((name) => !isOptional(shape[name]!))
  const arbitraries: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(members)
  return fc.record(arbitraries, { requiredKeys: required, noNullPrototype: true })
}

// Zod leaves this one out of what it reads, since it would not become a key but a prototype.
const keyName = fc.string().filter((name) => name !== "__proto__")

const numberOf = ({ isInt, maxValue, minValue }: z.ZodNumber): fc.Arbitrary<number> => {
  const bound = (value: number | null, otherwise: number) =>
    value === null || !Number.isFinite(value) ? otherwise : value
  const [min, max] = [bound(minValue, -1e6), bound(maxValue, 1e6)]
  if (isInt) return fc.integer({ min: Math.max(min, -1e6), max: Math.min(max, 1e6) })
  return minValue === null ? numbers : fc.double({ min, max, noNaN: true }).map((value) => value + 0)
}

const stringOf = ({ def }: z.ZodString): fc.Arbitrary<string> => {
  const patterns = (def.checks ?? []).flatMap((check) =>
    check instanceof z.core.$ZodCheckRegex ? check._zod.def.pattern : []
  )
  return patterns[0] === undefined ? fc.string({ unit: "grapheme" }) : fc.stringMatching(patterns[0])
}
