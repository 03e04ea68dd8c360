/** The short way of whole rows, in and out; see `quick.ts`. */
import type * as z from "zod"
import { checksOf, isPlain, type Quick, type QuickWays, remembering, unusual, withQuickWays } from "./quick.ts"
import { snakeCase } from "./snakeCase.ts"

/** What is asked of columns here. */
type QuickColumns = Readonly<
  Record<string, { readonly input: unknown; readonly public: unknown; readonly quick: QuickWays }>
>

/** From what a caller usually gives to the columns of an `INSERT`. */
export const quickInsert = (columns: QuickColumns, input: z.ZodObject): Quick => {
  const parts = Object.entries(columns).flatMap(([name, column]) =>
    column.input === undefined ? [] : [{ name, column: snakeCase(name), encode: remembering(column.quick.encode) }]
  )
  const names = new Set(parts.map(({ name }) => name))
  const passesChecks = checksOf(input)
  return (given) => {
    if (!isPlain(given)) return unusual
    for (const name in given) if (!names.has(name)) return unusual
    const row: Record<string, unknown> = {}
    for (const { column, encode, name } of parts) {
      const value = encode(given[name])
      if (value === unusual) return unusual
      if (value !== undefined) row[column] = value
    }
    return passesChecks(given) ? row : unusual
  }
}

/** The values of a row, as a driver gives them that is asked for no names. */
export type RowValues = ReadonlyArray<unknown>

/**
 * What callers see of rows by their values alone, which come in the order in which callers see them; or {@link unusual}
 * where one of them is.
 */
export type QuickRows = (rows: ReadonlyArray<RowValues>) => ReadonlyArray<object> | typeof unusual

/** Given the names of values that stand behind the others and are taken as they are. */
type QuickRowsWith = (others: ReadonlyArray<string>) => QuickRows

const known = new WeakMap<z.ZodType, QuickRowsWith>()

/** Tells the short ways of the codec of a table's rows. */
export const withQuickRow = <C extends z.ZodType>(codec: C, columns: QuickColumns, shown: z.ZodObject): C => {
  const rowsWith: QuickRowsWith = (others) => quickRows(columns, shown, others)
  known.set(codec, rowsWith)
  const decode = rowsWith([])
  const names = shownNames(columns).map(snakeCase)
  return withQuickWays(codec, {
    decode: (row) => {
      // A row may have columns besides.
      const entities = isPlain(row) ? decode([names.map((name) => row[name])]) : unusual
      return entities === unusual ? unusual : entities[0]
    },
    encode: () => unusual
  })
}

/** The short way of {@link withQuickRow} for values; none for other codecs. */
export const quickRowsOf = (codec: z.ZodType, others: ReadonlyArray<string>): QuickRows =>
  known.get(codec)?.(others) ?? (() => unusual)

const shownNames = (columns: QuickColumns) =>
  Object.entries(columns).flatMap(([name, column]) => (column.public === undefined ? [] : [name]))

const asItIs: Quick = (value) => value

/**
 * Rows that stand together mostly share half of their values. So each begins as a copy of the one before, and only what
 * is new is looked at and put in: to write a property whose name is not in the code takes a hundred times a comparison.
 */
const quickRows = (columns: QuickColumns, shown: z.ZodObject, others: ReadonlyArray<string>): QuickRows => {
  const own = shownNames(columns)
  const names = [...own, ...others]
  const ways = [...own.map((name) => columns[name]!.quick.decode), ...others.map(() => asItIs)]
  const passesChecks = checksOf(shown)
  const blank = Object.fromEntries(names.map((name) => [name, undefined]))
  return (rows) => {
    const entities: Array<object> = []
    let before: Readonly<Record<string, unknown>> = blank
    const given: Array<unknown> = names.map(() => unusual)
    const made: Array<unknown> = names.map(() => undefined)
    for (const values of rows) {
      const entity: Record<string, unknown> = Object.assign({}, before)
      for (let index = 0; index < names.length; index++) {
        const value = values[index]
        if (value === given[index]) continue
        const part = ways[index]!(value)
        if (part === unusual) return unusual
        given[index] = isShareable(value) && isShareable(part) ? value : unusual
        if (typeof part === "string" && part === made[index]) continue
        made[index] = part
        entity[names[index]!] = part
      }
      if (!passesChecks(entity)) return unusual
      entities.push(entity)
      before = entity
    }
    return entities
  }
}

/** Whether what is equal to a value is the same: an object is everyone's own, and 0 is equal to -0. */
const isShareable = (value: unknown) => (typeof value !== "object" || value === null) && value !== 0
