import * as z from "zod"
import {
  changesSchema,
  column,
  generated,
  inputSchema,
  insertSchema,
  nullable,
  primaryKey,
  publicSchema,
  rowCodec,
  rowSchema,
  secret,
  timestamp,
  updateSchema,
  withDefault
} from "../../domain/columns.ts"
import { text } from "../../domain/text.ts"
import { Uuid } from "../../domain/values.ts"

const columns = {
  id: primaryKey,
  userId: column(Uuid),
  name: column(text(100)),
  /** The start of the key, for its owner to tell it by. */
  prefix: column(text(20)),
  secretHash: secret(column(text(80))),
  /** What the key may be used for; nothing unless said. */
  scopes: withDefault(column(z.array(text(100)).max(100)), []),
  lastUsedAt: nullable(timestamp),
  /** Never where null. */
  expiresAt: nullable(timestamp),
  revokedAt: nullable(timestamp),
  createdAt: generated(timestamp)
}

/** A row of `api_keys`. */
export const ApiKeyRow = rowSchema(columns)
export type ApiKeyRow = z.output<typeof ApiKeyRow>

/** What a caller gives for a new key, of which only a hash is kept. */
export const ApiKeyInput = inputSchema(columns)
export type ApiKeyInput = z.input<typeof ApiKeyInput>

/** From {@link ApiKeyInput} to the columns of an `INSERT` into `api_keys`. */
export const ApiKeyInsert = insertSchema(columns, ApiKeyInput)
export type ApiKeyInsert = z.output<typeof ApiKeyInsert>

/** What a caller may change in a key. */
export const ApiKeyChanges = changesSchema(columns)
export type ApiKeyChanges = z.input<typeof ApiKeyChanges>

/** From {@link ApiKeyChanges} to the columns of an `UPDATE` of `api_keys`. */
export const ApiKeyUpdate = updateSchema(columns, ApiKeyChanges)
export type ApiKeyUpdate = z.output<typeof ApiKeyUpdate>

/** A key that lets a program act for a user, as its owner sees it: without the hash of its secret. */
export const ApiKey = publicSchema(columns)
export type ApiKey = z.output<typeof ApiKey>

/** Between rows of `api_keys` and {@link ApiKey}. */
export const ApiKeyCodec = rowCodec(columns, ApiKeyRow.partial({ secret_hash: true }), ApiKey)
