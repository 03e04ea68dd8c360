import type { Suspicion } from "../confidence/suspicions.ts"
import type { SourcedText } from "./lessonText.ts"
import type { Sourced } from "./sourced.ts"

/** A timeblock as read from its page, before times are checked against the day and confidence is given. */
export interface Draft {
  readonly page: number
  /** 0 is Monday; null where the page names no day. */
  readonly day: Sourced<number> | null
  /** Minutes of the day. */
  readonly start: Sourced<number> | null
  readonly end: Sourced<number> | null
  readonly period: number | null
  readonly periodEnd: number | null
  readonly name: SourcedText & { readonly rule: string; readonly repaired: boolean; readonly certainty: number }
  readonly notes: SourcedText | null
  readonly subject: string | null
  readonly room: string | null
  readonly teacher: string | null
  readonly color: string | null
  readonly week: string | null
  readonly className: string | null
  /** What tells that its table may not have been understood. */
  readonly suspicions: ReadonlyArray<Suspicion>
}

/** A draft of what is given; all else is not printed. */
export const draftOf = (given: Pick<Draft, "page" | "day" | "start" | "end" | "name"> & Partial<Draft>): Draft => ({
  period: null,
  periodEnd: null,
  notes: null,
  subject: null,
  room: null,
  teacher: null,
  color: null,
  week: null,
  className: null,
  suspicions: [],
  ...given
})
