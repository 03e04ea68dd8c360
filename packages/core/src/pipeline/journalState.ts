/** What the rows of a run amount to. */
import type { Amount } from "./Amount.ts"
import type { ArtifactRef } from "./Artifact.ts"
import type { JournalRow } from "./Journal.ts"

type Row<Kind extends JournalRow["kind"]> = Extract<JournalRow, { readonly kind: Kind }>

/** A run as its journal knows it. */
export interface JournalState {
  readonly started: Row<"started"> | null
  /** How often the run was started or taken up. */
  readonly sessions: number
  readonly budget: Amount
  /** Artifacts to be taken in place of what inputs and stages give. */
  readonly replaced: Readonly<Record<string, ArtifactRef>>
  /** Results that count, by {@link journalKey}. */
  readonly finished: Map<string, Row<"finished">>
  /** The last result of each stage that counts, by path. */
  readonly latest: Map<string, Row<"finished">>
  readonly waiting: ReadonlyMap<string, Row<"waiting">>
  readonly answers: ReadonlyMap<string, Row<"answered">>
  /** What each call has cost; calls that were never settled count in full. */
  readonly spent: ReadonlyArray<{ readonly provider: string; readonly amount: Amount }>
  /** How the last session ended; null where it was cut off, or is going on. */
  readonly rested: Row<"rested"> | null
  /** Milliseconds of work in the sessions that came to rest. */
  readonly totalMs: number
}

/** The key of a result: the stage and the hash of its inputs and version. */
export const journalKey = (path: string, inputHash: string): string => `${path} ${inputHash}`

/** Reads the rows of one run. */
export const journalStateOf = (rows: ReadonlyArray<JournalRow>): JournalState => {
  let started: Row<"started"> | null = null
  let sessions = 0
  let budget: Amount = {}
  let replaced: JournalState["replaced"] = {}
  let rested: Row<"rested"> | null = null
  let totalMs = 0
  const finished = new Map<string, Row<"finished">>()
  const latest = new Map<string, Row<"finished">>()
  const waiting = new Map<string, Row<"waiting">>()
  const answers = new Map<string, Row<"answered">>()
  const spent = new Map<string, { readonly provider: string; readonly amount: Amount }>()

  for (const row of rows) {
    switch (row.kind) {
      case "started":
        started = row
        sessions += 1
        budget = row.budget
        break
      case "resumed": {
        sessions += 1
        rested = null
        budget = row.budget
        replaced = row.replaced
        const invalidated = new Set(row.invalidated)
        for (const [key, { record }] of finished) if (invalidated.has(record.stage)) finished.delete(key)
        for (const path of invalidated) {
          latest.delete(path)
          waiting.delete(path)
          answers.delete(path)
        }
        break
      }
      case "finished":
        finished.set(journalKey(row.record.stage, row.inputHash), row)
        latest.set(row.record.stage, row)
        break
      case "reserved":
        spent.set(row.call, { provider: row.provider, amount: row.amount })
        break
      case "settled": {
        const reserved = spent.get(row.call)
        if (reserved !== undefined) spent.set(row.call, { ...reserved, amount: row.amount })
        break
      }
      case "waiting":
        waiting.set(row.stage, row)
        break
      case "answered":
        answers.set(row.stage, row)
        break
      case "rested":
        rested = row
        totalMs = row.totalMs
        break
    }
  }
  return {
    started,
    sessions,
    budget,
    replaced,
    finished,
    latest,
    waiting,
    answers,
    spent: [...spent.values()],
    rested,
    totalMs
  }
}
