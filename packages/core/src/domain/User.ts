import * as z from "zod"
import {
  changesSchema,
  column,
  fixtureSchema,
  inputSchema,
  insertSchema,
  nullable,
  nullableWithDefault,
  primaryKey,
  publicSchema,
  rowCodec,
  rowSchema,
  secret,
  timestamp,
  timestamps,
  updateSchema,
  withDefault
} from "./columns.ts"
import { json } from "./json.ts"
import { text } from "./text.ts"
import { Email } from "./values.ts"

/** What a user may do; `teacher` unless said otherwise. */
export const UserRole = z.enum(["teacher", "admin", "reviewer"])
export type UserRole = z.output<typeof UserRole>

/** A user's own choices; open for more. */
export const UserSettings = z.looseObject({
  notifications: z.looseObject({ email: z.boolean().optional(), push: z.boolean().optional() }).optional(),
  theme: z.string().optional(),
  language: z.string().optional(),
  /** Whether documents may be shown to cloud OCR and language models, where a server allows it. Default false. */
  cloudProviders: z.boolean().optional()
})
export type UserSettings = z.output<typeof UserSettings>

const columns = {
  id: primaryKey,
  email: column(Email),
  passwordHash: secret(column(text(255))),
  firstName: column(text(100)),
  lastName: column(text(100)),
  role: withDefault(column(UserRole), "teacher"),
  emailVerified: nullableWithDefault(column(z.boolean()), false),
  profileImageUrl: nullable(column(text())),
  settings: nullableWithDefault(column(json(UserSettings)), {}),
  lastLoginAt: nullable(timestamp),
  ...timestamps
}

/** A row of `users`. */
export const UserRow = rowSchema(columns)
export type UserRow = z.output<typeof UserRow>

/** A row of `users` as fixtures write it. */
export const UserFixture = fixtureSchema(columns)
export type UserFixture = z.output<typeof UserFixture>

/** What a caller gives for a new user; the password is hashed already. */
export const UserInput = inputSchema(columns)
export type UserInput = z.input<typeof UserInput>

/** From {@link UserInput} to the columns of an `INSERT` into `users`. */
export const UserInsert = insertSchema(columns, UserInput)
export type UserInsert = z.output<typeof UserInsert>

/** What a caller may change in a user. */
export const UserChanges = changesSchema(columns)
export type UserChanges = z.input<typeof UserChanges>

/** From {@link UserChanges} to the columns of an `UPDATE` of `users`. */
export const UserUpdate = updateSchema(columns, UserChanges)
export type UserUpdate = z.output<typeof UserUpdate>

/** A user as others see it, without the password's hash. */
export const User = publicSchema(columns)
export type User = z.output<typeof User>

/** Between rows of `users` and {@link User}; the hash is dropped on the way out, so no row needs it on the way in. */
export const UserCodec = rowCodec(columns, UserRow.partial({ password_hash: true }), User)
