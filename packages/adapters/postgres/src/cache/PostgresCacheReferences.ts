/** References to cached answers in PostgreSQL. Used as a namespace: `PostgresCacheReferences.layer`. */
import { CacheReferences } from "@timegrid/core"
import { parserFor, type Row } from "@timegrid/core/repository"
import { Effect, Layer } from "effect"
import * as z from "zod"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"
import { cacheFailure } from "./cacheFailure.ts"

const table = "cache_references"
const parse = parserFor(table)
const References = z.array(z.object({ cache_key: z.string() }))

/** The references of a schema; they go with the rows of their documents. */
export const make = Effect.map(PostgresDatabase, ({ name, run, sql }): CacheReferences["Service"] => {
  const references = name(table)
  return {
    add: (documentId, key) =>
      run(
        table,
        sql<Row>`INSERT INTO ${references} (document_id, cache_key) VALUES (${documentId}, ${key})
          ON CONFLICT (document_id, cache_key) DO NOTHING`
      ).pipe(Effect.asVoid, cacheFailure(key)),
    list: (documentId) =>
      run(table, sql<Row>`SELECT cache_key FROM ${references} WHERE document_id = ${documentId}`).pipe(
        Effect.flatMap((rows) => parse(References, rows)),
        Effect.map((rows) => rows.map((row) => row.cache_key)),
        cacheFailure(documentId)
      ),
    remove: (documentId) =>
      run(table, sql<Row>`DELETE FROM ${references} WHERE document_id = ${documentId}`).pipe(
        Effect.asVoid,
        cacheFailure(documentId)
      )
  }
})

/** Provides `CacheReferences`. */
export const layer: Layer.Layer<CacheReferences, never, PostgresDatabase> = Layer.effect(CacheReferences, make)
