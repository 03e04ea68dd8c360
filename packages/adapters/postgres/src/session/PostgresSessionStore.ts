/** Sessions in PostgreSQL, where no Redis keeps them. Used as a namespace: `PostgresSessionStore.layer`. */
import { parserFor, type RepositoryError, type Row } from "@timegrid/core/repository"
import {
  type DeviceSession,
  SessionError,
  SessionInvalid,
  SessionStore,
  SessionsUnavailable,
  sessionLifetimeMs,
  sessionTouchMs,
  userAgentText
} from "@timegrid/core/session"
import { Duration, Effect, Layer, Option } from "effect"
import * as z from "zod"
import { PostgresDatabase } from "../database/PostgresDatabase.ts"

const table = "sessions"
const parse = parserFor(table)

const SessionRow = z.object({
  secret_hash: z.string(),
  user_id: z.string(),
  user_agent: z.string().nullable(),
  last_access: z.date(),
  expires_at: z.date()
})
const SessionRows = z.array(SessionRow)
const FoundRows = z.array(SessionRow.extend({ is_due: z.boolean() }))

const sessionOf = (row: z.output<typeof SessionRow>): DeviceSession => ({
  userId: row.user_id,
  secretHash: row.secret_hash,
  userAgent: row.user_agent,
  lastAccess: row.last_access.toISOString(),
  expiresAt: row.expires_at.toISOString()
})

const failed = (userId: string) =>
  Effect.mapError((error: RepositoryError) => {
    const reason =
      error.reason._tag === "StoreUnavailable"
        ? new SessionsUnavailable({ cause: error })
        : new SessionInvalid({ cause: error })
    return new SessionError({ userId, reason })
  })

/** The sessions of a schema, by the database's clock. How long one lasts is how far its end is from its last use. */
export const make = Effect.map(PostgresDatabase, ({ count, name, run, sql }): SessionStore["Service"] => {
  const sessions = name(table)
  const columns = sql`secret_hash, user_id, user_agent, last_access, expires_at`
  // To the millisecond, as everyone reads it; and the same moment in every place of a statement.
  const now = sql`date_trunc('milliseconds', statement_timestamp())`
  const after = (milliseconds: number) => sql`${now} + make_interval(secs => ${milliseconds}::float8 / 1000)`

  return {
    create: Effect.fnUntraced(function* ({ lifetime = sessionLifetimeMs, secretHash, userAgent, userId }) {
      const ends = after(Duration.toMillis(Duration.fromInputUnsafe(lifetime)))
      const rows = yield* run(
        table,
        sql<Row>`INSERT INTO ${sessions} (${columns})
          VALUES (${secretHash}, ${userId}, ${userAgentText(userAgent)}, ${now}, ${ends})
          ON CONFLICT (secret_hash) DO UPDATE SET user_id = excluded.user_id, user_agent = excluded.user_agent,
            last_access = excluded.last_access, expires_at = excluded.expires_at
          RETURNING ${columns}`
      ).pipe(
        Effect.flatMap((given) => parse(SessionRows, given)),
        failed(userId)
      )
      return sessionOf(rows[0]!)
    }),

    use: Effect.fnUntraced(function* ({ secretHash, userId }) {
      const live = sql`secret_hash = ${secretHash} AND user_id = ${userId} AND expires_at > ${now}`
      const [found] = yield* run(
        table,
        sql<Row>`SELECT ${columns}, last_access <= ${after(-sessionTouchMs)} AS is_due FROM ${sessions} WHERE ${live}`
      ).pipe(
        Effect.flatMap((given) => parse(FoundRows, given)),
        failed(userId)
      )
      if (found === undefined || !found.is_due) return Option.map(Option.fromUndefinedOr(found), sessionOf)
      const [used] = yield* run(
        table,
        sql<Row>`UPDATE ${sessions} SET last_access = ${now}, expires_at = ${now} + (expires_at - last_access)
          WHERE ${live} RETURNING ${columns}`
      ).pipe(
        Effect.flatMap((given) => parse(SessionRows, given)),
        failed(userId)
      )
      return Option.map(Option.fromUndefinedOr(used), sessionOf)
    }),

    list: (userId) =>
      run(
        table,
        sql<Row>`SELECT ${columns} FROM ${sessions} WHERE user_id = ${userId} AND expires_at > ${now}
          ORDER BY last_access DESC, secret_hash`
      ).pipe(
        Effect.flatMap((given) => parse(SessionRows, given)),
        Effect.map((rows) => rows.map(sessionOf)),
        failed(userId)
      ),

    remove: ({ secretHash, userId }) =>
      run(table, sql<Row>`DELETE FROM ${sessions} WHERE secret_hash = ${secretHash} AND user_id = ${userId}`).pipe(
        Effect.asVoid,
        failed(userId)
      ),

    removeAll: (userId, { except = "" } = {}) =>
      run(table, sql<Row>`DELETE FROM ${sessions} WHERE user_id = ${userId} AND secret_hash <> ${except}`).pipe(
        Effect.asVoid,
        failed(userId)
      ),

    removeExpired: count(table, sql`DELETE FROM ${sessions} WHERE expires_at <= ${now}`).pipe(failed("anyone"))
  }
})

/** Provides `SessionStore`. */
export const layer: Layer.Layer<SessionStore, never, PostgresDatabase> = Layer.effect(SessionStore, make)
