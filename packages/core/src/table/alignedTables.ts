import type { Page } from "../document/Page.ts"
import type { Table } from "./Table.ts"

export const alignedTables = (page: Pick<Page, "pageNumber" | "words">): ReadonlyArray<Table> => { void page; return [] }
