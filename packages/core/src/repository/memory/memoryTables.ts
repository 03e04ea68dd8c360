import type { Row } from "../EntityTable.ts"
import type { MemoryTable, Unique } from "./MemoryTable.ts"

/** The tables themselves: rows by primary key, and by what is unique. */
export interface MemoryTables {
  readonly tables: ReadonlyMap<string, MemoryTable>
  readonly rowsOf: (table: string) => Map<string, Row>
  readonly indexOf: (unique: Unique) => Map<string, string>
  readonly nextNumber: (table: string) => number
}

/** Empty tables. */
export const makeTables = (declared: ReadonlyArray<MemoryTable>): MemoryTables => {
  const rows = new Map(declared.map(({ name }) => [name, new Map<string, Row>()]))
  const indexes = new Map(declared.flatMap(({ uniques = [] }) => uniques).map((u) => [u, new Map<string, string>()]))
  const numbers = new Map<string, number>()
  const known = <Key, Value>(map: ReadonlyMap<Key, Value>, key: Key) => {
    const value = map.get(key)
    if (value === undefined) throw new TypeError(`No table in memory is called ${String(key)}`)
    return value
  }
  return {
    tables: new Map(declared.map((table) => [table.name, table])),
    rowsOf: (table) => known(rows, table),
    indexOf: (unique) => known(indexes, unique),
    nextNumber: (table) => {
      const number = (numbers.get(table) ?? 0) + 1
      numbers.set(table, number)
      return number
    }
  }
}
