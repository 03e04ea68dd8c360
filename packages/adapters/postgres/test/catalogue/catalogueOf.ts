import { PgClient } from "@effect/sql-pg"
import { Effect } from "effect"

/** What the database itself says of an object. */
export interface CatalogueEntry {
  readonly definition: string
  /** The table that it is a part of; null for what stands alone. */
  readonly table: string | null
}

/** Every object of a schema by kind and name, such as `column users.email`. */
export type Catalogue = ReadonlyMap<string, CatalogueEntry>

// The history of migrations is how the schema came to be, and no part of it. What a partition has, its table has too.
const ours = "c.relname <> 'timegrid_migrations' AND NOT c.relispartition"

/** Each gives `object`, `definition` and `part_of`; `$1` is the schema. */
const queries = [
  `SELECT CASE c.relkind WHEN 'v' THEN 'view ' ELSE 'table ' END || c.relname AS object,
     CASE WHEN c.relkind = 'v' THEN pg_get_viewdef(c.oid) ELSE COALESCE(pg_get_partkeydef(c.oid), 'plain') END AS definition,
     NULL AS part_of
   FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p', 'v') AND ${ours}`,
  `SELECT 'partition ' || c.relname AS object, pg_get_expr(c.relpartbound, c.oid) AS definition, NULL AS part_of
   FROM pg_class c WHERE c.relnamespace = $1::regnamespace AND c.relkind = 'r' AND c.relispartition`,
  `SELECT 'column ' || c.relname || '.' || a.attname AS object,
     format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
     || CASE a.attgenerated WHEN 's' THEN ' GENERATED' ELSE '' END || CASE WHEN a.attidentity <> '' THEN ' IDENTITY' ELSE '' END
     || COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS definition, c.relname AS part_of
   FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (c.oid, a.attnum)
   WHERE c.relnamespace = $1::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped AND ${ours}`,
  // NOT NULL stands with its column, on every version of Postgres.
  `SELECT 'constraint ' || conname AS object, pg_get_constraintdef(k.oid) AS definition, c.relname AS part_of
   FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
   WHERE k.connamespace = $1::regnamespace AND k.contype IN ('c', 'f', 'p', 'u') AND ${ours}`,
  `SELECT 'index ' || i.relname AS object, pg_get_indexdef(i.oid) AS definition, c.relname AS part_of
   FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
   WHERE i.relnamespace = $1::regnamespace AND ${ours}
     AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.oid AND k.contype IN ('p', 'u'))`,
  `SELECT 'trigger ' || t.tgname AS object, pg_get_triggerdef(t.oid) AS definition, c.relname AS part_of
   FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
   WHERE c.relnamespace = $1::regnamespace AND NOT t.tgisinternal AND ${ours}`,
  `SELECT 'function ' || p.proname AS object, pg_get_functiondef(p.oid) AS definition, NULL AS part_of
   FROM pg_proc p WHERE p.pronamespace = $1::regnamespace`
]

interface Found {
  readonly object: string
  readonly definition: string
  readonly part_of: string | null
}

/** The objects of a schema; names in their definitions are as if there were no other. */
export const catalogueOf = Effect.fnUntraced(function* (schema: string) {
  const sql = yield* PgClient.PgClient
  const found = yield* Effect.forEach(queries, (query) => sql.unsafe<Found>(query, [schema]))
  const entries = found.flat().map(({ definition, object, part_of }) => {
    return [object, { definition: plain(definition, schema), table: part_of }] as const
  })
  return new Map(entries) satisfies Catalogue
})

// An index of a partitioned table is the same index, of its partitions too.
const plain = (definition: string, schema: string) =>
  definition.replaceAll(`${schema}.`, "").replace(" ON ONLY ", " ON ").replace(/\s+/g, " ").trim()
