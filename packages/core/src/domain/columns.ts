/**
 * One declaration a table: its columns in camelCase, each with the shape of its values in the four places where they
 * occur. Row, fixture, input, insert, public schema and codec follow from it.
 */
import * as z from "zod"
import { type QuickWays, quickWaysOf, through, unusual, withQuickWays } from "./quick.ts"
import { quickInsert, withQuickRow } from "./quickRows.ts"
import { type SnakeCase, snakeCase } from "./snakeCase.ts"
import { TimestampCodec, Uuid } from "./values.ts"

/** One column; `undefined` where its values do not occur in a place. */
export interface Column<
  Row extends z.ZodType = z.ZodType,
  Fixture extends z.ZodType = z.ZodType,
  Input extends z.ZodType | undefined = z.ZodType | undefined,
  Public extends z.ZodType | undefined = z.ZodType | undefined
> {
  /** What the driver gives for the column. */
  readonly row: Row
  /** The same where what the database fills in may be left out. */
  readonly fixture: Fixture
  /** What a caller gives; the output has the defaults filled in. */
  readonly input: Input
  /** What a caller sees. */
  readonly public: Public
  /** From a valid value of `row` to one of `public`. */
  toPublic(value: unknown): unknown
  /** From a valid value of `public` or output of `input` to one of `row`. */
  toRow(value: unknown): unknown
  /** From a value of `row` to one of `public`, and from one of `input`, or none, to one of `row`. */
  readonly quick: QuickWays
}

type Columns = Readonly<Record<string, Column>>

/** `NOT NULL` without a default: the same values everywhere. */
export const column = <S extends z.ZodType>(schema: S): Column<S, S, S, S> => ({
  row: schema,
  fixture: schema,
  input: schema,
  public: schema,
  toPublic: (value) => value,
  toRow: (value) => value,
  quick: quickWaysOf(schema)
})

/**
 * `NOT NULL` without a default, shown in another form than the driver's: `codec` leads from rows to what callers see.
 * Callers may give either form, unless `input` says what they may give.
 */
export const codecColumn = <R extends z.ZodType, P extends z.ZodType, I extends z.ZodType = z.ZodCodec<R, P>>(
  codec: z.ZodCodec<R, P>,
  // Without `input` its type is that of the codec.
  input: I = codec as z.ZodType as I
): Column<R, R, I, P> => {
  // The schemas have seen the values: a column's functions run on parsed rows and inputs only.
  const toRow = (value: unknown) => z.encode(codec, value as z.output<P>)
  const encode = (value: unknown) => {
    const given = through(input)(value)
    return given === unusual ? unusual : toRow(given)
  }
  return {
    row: codec.in,
    fixture: codec.in,
    input,
    public: codec.out,
    toPublic: (value) => z.decode(codec, value as z.input<R>),
    toRow,
    quick: quickWaysOf(codec, { decode: through(codec), encode })
  }
}

/** Accepts null; null when a caller leaves it out. */
export const nullable = <R extends z.ZodType, F extends z.ZodType, I extends z.ZodType, P extends z.ZodType>(
  base: Column<R, F, I, P>
): Column<z.ZodNullable<R>, z.ZodOptional<z.ZodNullable<R>>, z.ZodDefault<z.ZodNullable<I>>, z.ZodNullable<P>> => ({
  row: z.nullable(base.row),
  fixture: z.optional(z.nullable(base.row)),
  // A null is a value of every nullable schema, which the compiler cannot see through a type parameter.
  input: z.nullable(base.input).default(null as z.core.util.NoUndefined<z.output<I> | null>),
  public: z.nullable(base.public),
  toPublic: (value) => (value === null ? null : base.toPublic(value)),
  toRow: (value) => (value === null ? null : base.toRow(value)),
  quick: {
    decode: (value) => (value === null ? null : base.quick.decode(value)),
    encode: (value) => (value === null || value === undefined ? null : base.quick.encode(value))
  }
})

/** `NOT NULL DEFAULT value`. */
export const withDefault = <R extends z.ZodType, F extends z.ZodType, I extends z.ZodType, P extends z.ZodType>(
  base: Column<R, F, I, P>,
  value: z.core.util.NoUndefined<z.output<I>>
): Column<R, z.ZodOptional<R>, z.ZodDefault<I>, P> => ({
  ...base,
  fixture: z.optional(base.row),
  input: base.input.default(value),
  quick: { ...base.quick, encode: (given) => (given === undefined ? base.toRow(value) : base.quick.encode(given)) }
})

/** `DEFAULT value` on a column that accepts null. A null there means nothing else, so callers see the default. */
export const nullableWithDefault = <R extends z.ZodType, F extends z.ZodType, I extends z.ZodType, P extends z.ZodType>(
  base: Column<R, F, I, P>,
  value: z.core.util.NoUndefined<z.output<I>> & z.output<P>
): Column<z.ZodNullable<R>, z.ZodOptional<z.ZodNullable<R>>, z.ZodDefault<I>, P> => ({
  ...base,
  row: z.nullable(base.row),
  fixture: z.optional(z.nullable(base.row)),
  input: base.input.default(value),
  toPublic: (found) => (found === null ? value : base.toPublic(found)),
  quick: {
    decode: (found) => (found === null ? value : base.quick.decode(found)),
    encode: (given) => (given === undefined ? base.toRow(value) : base.quick.encode(given))
  }
})

/** Written by the database alone: callers see it and never give it. */
export const generated = <R extends z.ZodType, F extends z.ZodType, I extends z.ZodType, P extends z.ZodType>(
  base: Column<R, F, I, P>
): Column<R, z.ZodOptional<R>, undefined, P> => ({ ...base, fixture: z.optional(base.row), input: undefined })

/** Given by callers and never shown again, not in fixtures either. */
export const secret = <R extends z.ZodType, F extends z.ZodType, I extends z.ZodType, P extends z.ZodType>(
  base: Column<R, F, I, P>
): Column<R, z.ZodOptional<R>, I, undefined> => ({ ...base, fixture: z.optional(base.row), public: undefined })

/** `TIMESTAMP WITH TIME ZONE NOT NULL`: a `Date` in rows, ISO 8601 in UTC for callers, who may give either. */
export const timestamp = codecColumn(TimestampCodec)

/** `id UUID PRIMARY KEY DEFAULT gen_random_uuid()`: a caller may choose it, else the database does. */
export const primaryKey: Column<typeof Uuid, z.ZodOptional<typeof Uuid>, z.ZodOptional<typeof Uuid>, typeof Uuid> = {
  ...column(Uuid),
  fixture: z.optional(Uuid),
  input: z.optional(Uuid),
  quick: { ...quickWaysOf(Uuid), encode: (id) => (id === undefined ? undefined : quickWaysOf(Uuid).encode(id)) }
}

/** `created_at` as every table has it: by the database's clock, and without `NOT NULL` in the seed. */
export const creationTimestamp = { createdAt: generated(nullable(timestamp)) }

/** `created_at` and `updated_at`: by the database's clock, and without `NOT NULL` in the seed. */
export const timestamps = { ...creationTimestamp, updatedAt: generated(nullable(timestamp)) }

/** A caller's schema of one column for a row that is there already: without its default, and without need. */
type Change<I> = z.ZodOptional<I extends z.ZodDefault<infer Inner extends z.ZodType> ? Inner : Extract<I, z.ZodType>>

type Place = "row" | "fixture" | "input" | "public"

type NamesIn<C extends Columns, P extends Place> = {
  [Name in keyof C & string]: C[Name][P] extends z.ZodType ? Name : never
}[keyof C & string]

/** Column names in snake_case, and their schemas in one place. */
type SnakeShape<C extends Columns, P extends "row" | "fixture"> = {
  [Name in keyof C & string as SnakeCase<Name>]: C[Name][P]
}

/** Names in camelCase of the columns that occur in a place, and their schemas. */
type CamelShape<C extends Columns, P extends "input" | "public"> = {
  [Name in NamesIn<C, P>]: Extract<C[Name][P], z.ZodType>
}

/** Names in camelCase of the columns that a caller may change, and their schemas. */
type ChangesShape<C extends Columns> = {
  [Name in Exclude<NamesIn<C, "input">, "id">]: Change<C[Name]["input"]>
}

const shapeOf = (columns: Columns, place: Place, rename: (name: string) => string = (name) => name) =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, column]) =>
      column[place] === undefined ? [] : [[rename(name), column[place]]]
    )
  )

// The casts below say in types what shapeOf does with names; Object.fromEntries has no words for it.

/** The rows of a table, in snake_case: every column, nothing else. */
export const rowSchema = <C extends Columns>(columns: C) =>
  z.strictObject(shapeOf(columns, "row", snakeCase) as SnakeShape<C, "row">)

/**
 * Rows as fixtures, dumps and documentation write them: every column has the values of the table's rows, and what the
 * database fills in by itself (a default, a null, a generated column) may be left out, as may secrets.
 */
export const fixtureSchema = <C extends Columns>(columns: C) =>
  z.strictObject(shapeOf(columns, "fixture", snakeCase) as SnakeShape<C, "fixture">)

/** What a caller gives for a new row, in camelCase; the output has the defaults filled in. */
export const inputSchema = <C extends Columns>(columns: C) =>
  z.strictObject(shapeOf(columns, "input") as CamelShape<C, "input">)

/** What a caller may change in a row: the columns that it may give but the `id`; nothing is filled in. */
export const changesSchema = <C extends Columns>(columns: C) => {
  const { id: _, ...inputs } = shapeOf(columns, "input") as Record<string, z.ZodType>
  const shape = Object.entries(inputs).map(([name, input]) => [name, z.optional(withoutDefault(input))])
  return z.strictObject(Object.fromEntries(shape) as ChangesShape<C>)
}

// A default's type is unknown here; what it stands before is a schema all the same.
const withoutDefault = (input: z.ZodType) => (input instanceof z.ZodDefault ? (input.unwrap() as z.ZodType) : input)

/** What callers see of a row: plain data in camelCase that survives JSON both ways. */
export const publicSchema = <C extends Columns>(columns: C) =>
  z.object(shapeOf(columns, "public") as CamelShape<C, "public">)

/** Values of an `INSERT`: those of `input` under the names and in the form of their columns. */
export type Insert<C extends Columns> = {
  [Name in NamesIn<C, "input"> as SnakeCase<Name>]: undefined extends z.output<Extract<C[Name]["input"], z.ZodType>>
    ? z.output<C[Name]["row"]> | undefined
    : z.output<C[Name]["row"]>
}

const toColumns = (columns: Columns, values: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, column]) =>
      values[name] === undefined ? [] : [[snakeCase(name), column.toRow(values[name])]]
    )
  )

const fromColumns = (columns: Columns, row: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, column]) =>
      column.public === undefined ? [] : [[name, column.toPublic(row[snakeCase(name)])]]
    )
  )

/** Parses what a caller gives and returns the columns of the `INSERT`; columns that are left out are not named. */
export const insertSchema = <C extends Columns, I extends z.ZodObject>(columns: C, input: I) => {
  const schema = input.transform((values) => toColumns(columns, values) as Insert<C>)
  return withQuickWays(schema, { decode: quickInsert(columns, input), encode: () => unusual })
}

/** Parses what a caller changes and returns the columns of the `UPDATE`. */
export const updateSchema = <C extends Columns, S extends z.ZodObject>(columns: C, changes: S) =>
  changes.transform((values) => toColumns(columns, values) as Partial<Insert<C>>)

/** Decodes rows to what callers see, and encodes that to rows. */
export const rowCodec = <R extends z.ZodObject, P extends z.ZodObject>(
  columns: Columns,
  row: R,
  shown: P
): z.ZodCodec<R, P> => {
  const codec = z.codec(row, shown, {
    // Both results are checked by the schema that they are cast to, straight after.
    decode: (values) => fromColumns(columns, values) as z.input<P>,
    encode: (values) => toColumns(columns, values) as z.output<R>
  })
  return withQuickRow(codec, columns, shown)
}
