import type { Row } from "../EntityTable.ts"
import { ConstraintViolation, RepositoryError, UniqueViolation } from "../RepositoryError.ts"
import type { MemorySession } from "./MemorySession.ts"
import { keyOf, type MemoryTable } from "./MemoryTable.ts"
import type { MemoryTables } from "./memoryTables.ts"

/** Undoes one step. */
export type Undo = () => void

/** A session, and what is looked at when its statement has come to its end. */
export interface Statement {
  readonly session: MemorySession
  /** Throws a `RepositoryError` where a row refers to another that is not there. */
  readonly settle: () => void
}

/** A statement at the moment `now`, which notes in `undo` how to take back each step. */
export const makeStatement = (store: MemoryTables, now: Date, undo: Array<Undo>): Statement => {
  const { indexOf, rowsOf, tables } = store
  const tableOf = (name: string) => {
    const table = tables.get(name)
    if (table === undefined) throw new TypeError(`No table in memory is called ${name}`)
    return table
  }
  const keyIn = (table: MemoryTable, row: Row) => keyOf(table.key.map((column) => row[column]))

  const setEntry = <Value>(map: Map<string, Value>, key: string, value: Value | undefined) => {
    const before = map.get(key)
    undo.push(() => (before === undefined ? map.delete(key) : map.set(key, before)))
    if (value === undefined) map.delete(key)
    else map.set(key, value)
  }

  const refuseBrokenChecks = (table: MemoryTable, row: Row, before: Row | undefined) => {
    const broken = table.checks?.find(({ holds }) => !holds(row, before))
    if (broken !== undefined) throw violation(table, new ConstraintViolation({ constraint: broken.constraint }))
  }

  const index = (table: MemoryTable, key: string, row: Row | undefined, before: Row | undefined) => {
    for (const unique of table.uniques ?? []) {
      const entries = indexOf(unique)
      const [old, value] = [before && unique.valueOf(before), row && unique.valueOf(row)]
      if (old === value) continue
      if (old !== undefined && old !== null) setEntry(entries, old, undefined)
      if (value === undefined || value === null) continue
      if (entries.has(value)) throw violation(table, new UniqueViolation({ constraint: unique.constraint }))
      setEntry(entries, value, key)
    }
  }

  /** The rows as they were before the statement, by table and key; undefined for new ones. */
  const written = new Map<string, { readonly table: MemoryTable; readonly key: string; readonly before?: Row }>()
  const write = (table: MemoryTable, key: string, row: Row, before: Row | undefined) => {
    setEntry(rowsOf(table.name), key, row)
    const place = keyOf([table.name, key])
    if (!written.has(place)) written.set(place, { table, key, ...(before && { before }) })
  }

  // As in SQL, a statement may refer to rows that it makes later.
  const settle = () => {
    for (const { before, key, table } of written.values()) {
      const row = rowsOf(table.name).get(key)
      if (row === undefined) continue
      for (const { column, constraint, table: referred } of table.references ?? []) {
        const id = row[column] ?? null
        if (id === null || id === before?.[column]) continue
        if (!rowsOf(referred).has(keyOf([id]))) throw violation(table, new ConstraintViolation({ constraint }))
      }
    }
  }

  const session: MemorySession = {
    now,
    nextNumber: store.nextNumber,
    rows: (name) => Array.from(rowsOf(name).values()),
    find: (name, ...key) => rowsOf(name).get(keyOf(key)),
    insert: (name, columns) => {
      const table = tableOf(name)
      const given = { ...table.defaults(session), ...stored(columns) }
      const row = { ...given, ...table.derived?.(given) }
      const key = keyIn(table, row)
      refuseBrokenChecks(table, row, undefined)
      if (rowsOf(name).has(key)) throw violation(table, new UniqueViolation({ constraint: `${name}_pkey` }))
      index(table, key, row, undefined)
      write(table, key, row, undefined)
      return row
    },
    update: (name, keyValues, columns) => {
      const table = tableOf(name)
      const key = keyOf(keyValues)
      const before = rowsOf(name).get(key)
      if (before === undefined) return undefined
      const changed = { ...before, ...stored(columns), ...table.touched?.(before, session) }
      const row = { ...changed, ...table.derived?.(changed) }
      refuseBrokenChecks(table, row, before)
      index(table, key, row, before)
      write(table, key, row, before)
      return row
    },
    remove: (name, ...keyValues) => {
      const table = tableOf(name)
      const key = keyOf(keyValues)
      const row = rowsOf(name).get(key)
      if (row === undefined) return false
      index(table, key, undefined, row)
      setEntry(rowsOf(name), key, undefined)
      for (const other of tables.values())
        for (const { column, onRemove, table: referred } of other.references ?? []) {
          if (referred !== name) continue
          for (const referring of session.rows(other.name)) {
            if (referring[column] !== row.id) continue
            const otherKey = other.key.map((part) => referring[part])
            if (onRemove === "remove") session.remove(other.name, ...otherKey)
            else session.update(other.name, otherKey, { [column]: null })
          }
        }
      table.removed?.(row, session)
      return true
    }
  }
  return { session, settle }
}

const violation = ({ name }: MemoryTable, reason: ConstraintViolation | UniqueViolation) =>
  new RepositoryError({ table: name, reason })

/** Columns as a database keeps them: what is undefined is not named, and JSON is nobody's but the row's. */
const stored = (columns: Row): Row =>
  Object.fromEntries(
    Object.entries(columns).flatMap(([name, value]) => (value === undefined ? [] : [[name, storedValue(value)]]))
  )

const storedValue = (value: unknown) =>
  typeof value !== "object" || value === null || value instanceof Date || value instanceof Uint8Array
    ? value
    : JSON.parse(JSON.stringify(value))
