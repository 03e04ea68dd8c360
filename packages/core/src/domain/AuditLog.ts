import * as z from "zod"
import {
  column,
  creationTimestamp,
  generated,
  inputSchema,
  insertSchema,
  nullable,
  publicSchema,
  rowCodec,
  rowSchema
} from "./columns.ts"
import { json } from "./json.ts"
import { text } from "./text.ts"
import { IpAddress, Uuid } from "./values.ts"

const columns = {
  /** `BIGSERIAL`. */
  id: generated(column(z.int())),
  userId: nullable(column(Uuid)),
  action: column(text(100)),
  resourceType: column(text(50)),
  resourceId: nullable(column(Uuid)),
  /** Any JSON value. */
  changes: nullable(column(json(z.json()))),
  ipAddress: nullable(column(IpAddress)),
  userAgent: nullable(column(text())),
  ...creationTimestamp
}

/** A row of `audit_logs`. */
export const AuditLogRow = rowSchema(columns)
export type AuditLogRow = z.output<typeof AuditLogRow>

/** What a caller gives to record who did what. */
export const AuditLogInput = inputSchema(columns)
export type AuditLogInput = z.input<typeof AuditLogInput>

/** From {@link AuditLogInput} to the columns of an `INSERT` into `audit_logs`. */
export const AuditLogInsert = insertSchema(columns, AuditLogInput)
export type AuditLogInsert = z.output<typeof AuditLogInsert>

/** Who did what to which resource, as callers see it. */
export const AuditLog = publicSchema(columns)
export type AuditLog = z.output<typeof AuditLog>

/** Between rows of `audit_logs` and {@link AuditLog}. */
export const AuditLogCodec = rowCodec(columns, AuditLogRow, AuditLog)
