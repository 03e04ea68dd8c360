/** Columns that several tables have, and what keeps them. */
import type { Row } from "../../EntityTable.ts"
import type { MemorySession } from "../MemorySession.ts"

// Core compiles without the types of a platform; every platform that it runs on has it.
declare const crypto: { readonly randomUUID: () => string }

/** `id`, `created_at` and `version` of a new row. */
export const newRow = ({ now }: MemorySession) => ({ id: crypto.randomUUID(), created_at: now, version: 1 })

/** The same with `updated_at`. */
export const newTouchedRow = (session: MemorySession) => ({ ...newRow(session), updated_at: session.now })

/** What `count_version()` does. */
export const counted = ({ version }: Row) => ({ version: Number(version) + 1 })

/** What `count_version()` and `update_updated_at_column()` do. */
export const touched = (before: Row, { now }: MemorySession) => ({ ...counted(before), updated_at: now })
