import type { Table } from "../table/Table.ts"
import type { Draft } from "./draft.ts"
import type { Sourced } from "./sourced.ts"

/** Lists that one heading cannot rule together, and the first day of the next heading, where there is one. */
interface UnderOneHeading {
  readonly lists: ReadonlyArray<ReadonlyArray<Draft>>
  readonly next: number | null
}

const friday = 4

/**
 * Names the days of lists whose headings were not read: under one heading of a day the clock starts anew, so the lists
 * from there on are those of the days that follow, as far as the next heading leaves room. Where it leaves none they
 * have no day.
 */
export const daysOfUnread = ({ lists, next }: UnderOneHeading): ReadonlyArray<Draft> =>
  lists.flatMap((list, i) => {
    if (i === 0) return list
    const first = lists[0]![0]!.day
    const value = first === null ? null : first.value + i
    const fits = value !== null && value <= friday && (next === null || value < next)
    const day: Sourced<number> | null = fits
      ? { value, words: first!.words, rule: "day-after-heading", repaired: true, certainty: 0.8 }
      : null
    return list.map((draft) => ({ ...draft, day }))
  })

/** Lessons of one day that begin so much before the one above them, in minutes, stand under another day. */
const stepBack = 90

/** Cuts lessons in the order of the page where the clock starts anew. */
export const cutWhereClockStartsAnew = (drafts: ReadonlyArray<Draft>): ReadonlyArray<ReadonlyArray<Draft>> => {
  const lists: Array<Array<Draft>> = []
  let [first, before] = [-Infinity, -Infinity]
  for (const draft of drafts) {
    const start = draft.start?.value ?? null
    const anew = start !== null && start < before - stepBack && start < first + stepBack
    if (anew || lists.length === 0) {
      lists.push([draft])
      first = start ?? -Infinity
    } else {
      lists.at(-1)!.push(draft)
    }
    if (start !== null) before = start
  }
  return lists
}

/** What a table gives: one list, or several below each other. */
export interface ListReading {
  readonly drafts: ReadonlyArray<Draft>
  readonly origin: Table["origin"]
}

/**
 * Lists one below the other that take their day from one heading although each begins in the morning: the headings of
 * the later ones were not read.
 */
export const withUnreadHeadings = <Reading extends ListReading>(
  tables: ReadonlyArray<Reading>
): ReadonlyArray<Reading> => {
  const result = [...tables]
  for (let i = 0; i < tables.length; i++) {
    const [day] = underHeading(tables[i]).map((draft) => draft.day!)
    if (!day) continue
    let end = i + 1
    while (isWhole(tables[end - 1]!) && underHeading(tables[end])[0]?.day?.words[0] === day.words[0]) end++
    const group = tables.slice(i, end)
    const lists = group.flatMap(listsUnderHeading)
    if (lists.length > 1 && cutWhereClockStartsAnew(lists.flat()).length === lists.length) {
      const last = group.at(-1)!
      const next = last.drafts[underHeading(last).length] ?? underHeading(tables[end])[0]
      const dated = daysOfUnread({ lists, next: next?.day?.value ?? null })
      let from = 0
      group.forEach((table, k) => {
        const { length } = underHeading(table)
        result[i + k] = { ...table, drafts: [...dated.slice(from, from + length), ...table.drafts.slice(length)] }
        from += length
      })
    }
    i = end - 1
  }
  return result
}

/** The first lessons of a table that have their day from one heading above it. */
const underHeading = (table: ListReading | undefined): ReadonlyArray<Draft> => {
  const [first] = table?.drafts ?? []
  if (first?.day?.rule !== "day-heading") return []
  const end = table!.drafts.findIndex(({ day }) => day !== first.day)
  return end < 0 ? table!.drafts : table!.drafts.slice(0, end)
}

const isWhole = (table: ListReading): boolean => underHeading(table).length === table.drafts.length

/** A table is one list, in the order of its times where it has several classes; one that nothing draws may be several. */
const listsUnderHeading = (table: ListReading): ReadonlyArray<ReadonlyArray<Draft>> => {
  const drafts = underHeading(table)
  if (table.origin === "aligned") return cutWhereClockStartsAnew(drafts)
  return [drafts.toSorted((a, b) => (a.start?.value ?? 0) - (b.start?.value ?? 0))]
}
