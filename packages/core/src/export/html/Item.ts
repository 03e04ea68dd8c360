import type { ExtractedMarker, ExtractedTimeblock, Extraction, FieldEvidence } from "../../extraction/Extraction.ts"
import { printable } from "../printable.ts"
import { timeRange } from "../timeRange.ts"
import type { GridEntry } from "../weekGrid.ts"
import { fieldOrder } from "./fields.ts"

/** A field of an item: what was read, and from where. */
export interface ItemField {
  /** E.g. `"day"`. */
  readonly name: string
  /** Null where the page does not say. */
  readonly value: string | null
  /** 0 to 100, or null where the field has none of its own. */
  readonly confidence: number | null
  readonly evidence: FieldEvidence | null
}

/** A block or marker as the page shows it. */
export interface Item {
  /** Of its elements on the page. */
  readonly id: string
  readonly name: string
  /** E.g. `Monday 09:00–10:00`. */
  readonly time: string
  /** 0 to 100. */
  readonly confidence: number
  /** What stands below the name in the grid. */
  readonly details: ReadonlyArray<string>
  /** `#RRGGBB` of its cell in the document, or null. */
  readonly color: string | null
  readonly fields: ReadonlyArray<ItemField>
}

/** The blocks and markers of an extraction, each by the id that {@link itemId} gives it. */
export const itemsOf = ({ markers, timeblocks }: Extraction): ReadonlyMap<string, Item> =>
  new Map(
    [
      ...timeblocks.map((block, index) => blockItem(block, itemId({ list: "timeblocks", index }))),
      ...markers.map((marker, index) => markerItem(marker, itemId({ list: "markers", index })))
    ].map((item) => [item.id, item])
  )

/** The id of what stands at a place of the extraction. */
export const itemId = ({ index, list }: GridEntry["origin"]): string => `${list}-${index}`

const blockItem = (block: ExtractedTimeblock, id: string): Item => {
  const { color, confidence, endTime, evidence, fieldConfidence, name, notes, room, startTime, subject, teacher } =
    block
  const values = {
    day: block.dayOfWeek,
    start: startTime,
    end: endTime,
    name: printable(name),
    notes,
    subject,
    room,
    teacher,
    period: periodOf(block),
    week: block.week,
    class: block.className
  }
  return {
    id,
    name: printable(name),
    time: dayAndTime(block.dayOfWeek, timeRange(startTime, endTime)),
    confidence,
    details: notes === null ? [subject, room, teacher].filter((detail) => detail !== null) : [notes],
    color,
    fields: fieldsOf(values, fieldConfidence, evidence)
  }
}

const markerItem = ({ confidence, dayOfWeek, evidence, name, time }: ExtractedMarker, id: string): Item => ({
  id,
  name: printable(name),
  time: dayAndTime(dayOfWeek, time),
  confidence,
  details: [],
  color: null,
  fields: fieldsOf({ day: dayOfWeek, start: time, name: printable(name) }, {}, evidence)
})

const dayAndTime = (day: string | null, time: string): string => `${day ?? "No day"} ${time}`

const periodOf = ({ period, periodEnd }: ExtractedTimeblock): string | null => {
  if (period === null) {
    return null
  }
  return periodEnd === null || periodEnd === period ? String(period) : `${period}–${periodEnd}`
}

/** The fields that have a value or words, in the order of the page's key. */
const fieldsOf = (
  values: Readonly<Record<string, string | null>>,
  confidences: Readonly<Record<string, number>>,
  evidence: Readonly<Record<string, FieldEvidence>>
): ReadonlyArray<ItemField> => {
  const names = [...new Set([...fieldOrder, ...Object.keys(values), ...Object.keys(evidence)])]
  return names
    .map((name) => ({
      name,
      value: valueAt(values, name),
      confidence: valueAt(confidences, name),
      evidence: valueAt(evidence, name)
    }))
    .filter((field) => field.value !== null || (field.evidence?.words.length ?? 0) > 0)
}

// Names of fields come with the data, and an object answers to names such as `constructor` too.
const valueAt = <T>(record: Readonly<Record<string, T>>, name: string): T | null =>
  Object.hasOwn(record, name) ? (record[name] ?? null) : null
