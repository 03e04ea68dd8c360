import type { TimetableInput, TimetableMarker } from "../domain/Timetable.ts"
import { storableText } from "../domain/text.ts"
import { type Weekday, weekdayRanks } from "../domain/Weekday.ts"
import type { Extraction } from "../extraction/Extraction.ts"
import type { TimeblockContent } from "../repository/Timeblocks.ts"
import type { ClassPart } from "./classParts.ts"
import type { Cut } from "./cutting.ts"
import { whereInteger } from "./numbers.ts"
import { placeOf } from "./timeblockPlace.ts"
import { markerOfBlock, markerRow, timeblockContent, unplacedRow } from "./timeblockRows.ts"
import { timetableName } from "./timetableName.ts"
import type { UploadContext } from "./UploadContext.ts"

/** A new timetable and what it holds, in the order of reading. */
export interface TimetableRows {
  readonly timetable: TimetableInput
  readonly timeblocks: ReadonlyArray<TimeblockContent>
}

/** The rows of one class; `isOnly` when the document has no other. */
export const timetableRows = (
  { metadata }: Extraction,
  { blocks, className, markers }: ClassPart,
  { cut, isOnly, upload }: { readonly cut: Cut; readonly isOnly: boolean; readonly upload: UploadContext }
): TimetableRows => {
  const at = (place: ReturnType<typeof placeOf>) => blocks.filter(({ block }) => placeOf(block) === place)
  const moments = [...markers.map(markerRow), ...at("marker").map(({ block }) => markerOfBlock(block))]
  const unplaced = blocks
    .filter(({ block }) => ["unplaced", "nowhere"].includes(placeOf(block)))
    .map(({ block }) => unplacedRow(block))
  const printed = whereInteger("year", metadata.year)
  const year = printed.year ?? upload.uploadedAt.getUTCFullYear()
  return {
    timetable: {
      userId: upload.userId,
      name: cut(nameOf(metadata, className, upload, isOnly), 255, "The name of a timetable"),
      className: className && cut(className, 100, "The name of a class"),
      term: metadata.term && cut(metadata.term, 50, "The term"),
      year,
      status: "draft",
      metadata: {
        ...(metadata.schoolName !== null && { schoolName: metadata.schoolName }),
        ...(metadata.teacher !== null && { teacher: metadata.teacher }),
        ...(moments.length > 0 && { markers: moments.toSorted(inTheWeek) }),
        ...(unplaced.length > 0 && { unplaced }),
        ...(printed.year === undefined && { yearSource: "upload" }),
        jobId: upload.jobId,
        documentId: upload.documentId
      }
    },
    timeblocks: at("row").map(({ block, index }, position) => timeblockContent(block, { cut, index, position }))
  }
}

const nameOf = (
  metadata: Extraction["metadata"],
  className: string | null,
  { fileName, timetableName: wanted }: UploadContext,
  isOnly: boolean
) => {
  if (wanted === undefined) return timetableName(metadata, className, storableText(fileName))
  return isOnly || className === null ? wanted : `${wanted} - ${className}`
}

const inTheWeek = (a: TimetableMarker, b: TimetableMarker) =>
  rankOf(a.dayOfWeek) - rankOf(b.dayOfWeek) || (a.time < b.time ? -1 : Number(a.time > b.time))

/** What is of no day comes last. */
const rankOf = (day: Weekday | null) => (day === null ? 7 : weekdayRanks[day])
