/** From the result of reading a document to rows. */
import { storableJson } from "../domain/json.ts"
import type { ProcessingJobMetadata } from "../domain/ProcessingJob.ts"
import { cutText, storableText } from "../domain/text.ts"
import type { UploadedDocumentMetadata } from "../domain/UploadedDocument.ts"
import type { Extraction, ExtractionWarning, Tier } from "../extraction/Extraction.ts"
import { classParts } from "./classParts.ts"
import { makeCut } from "./cutting.ts"
import { jobMetadataOfResult } from "./jobMetadataOfResult.ts"
import { hundredths } from "./numbers.ts"
import { placeOf } from "./timeblockPlace.ts"
import { type TimetableRows, timetableRows } from "./timetableRows.ts"
import type { UploadContext } from "./UploadContext.ts"

/** Everything that is written of a result besides the result itself. */
export interface ResultRows {
  /** One for each class of the document; none where nothing was read. */
  readonly timetables: ReadonlyArray<TimetableRows>
  readonly document: { readonly mimeType: string; readonly metadata: UploadedDocumentMetadata }
  readonly job: {
    readonly confidence: number
    readonly processingTier: Tier
    readonly metadata: ProcessingJobMetadata
  }
  /** A block has no weekday or no start: a person must look at it, whatever the confidence. */
  readonly needsReview: boolean
  /** Of each text that was cut since its column holds no more; the job's metadata has them too. */
  readonly warnings: ReadonlyArray<ExtractionWarning>
}

/**
 * The rows of a result; stores take all of them. A block becomes a timeblock when it has a weekday, a start and an end
 * and lasts from 5 minutes to 8 hours of one day. One that starts and has no end becomes a marker, any other stays
 * unplaced: both lie in the metadata of the timetable. Text of the page is cut to its column; what Postgres would refuse
 * in it is replaced.
 */
export const resultRows = (result: Extraction, upload: UploadContext): ResultRows => {
  const extraction = storableJson(result)
  const { cut, warnings } = makeCut()
  const parts = classParts(extraction)
  const timetables = parts.map((part) => timetableRows(extraction, part, { cut, isOnly: parts.length === 1, upload }))
  const [firstPage] = extraction.pages
  const metadata = upload.jobMetadata ?? jobMetadataOfResult(extraction)
  return {
    timetables,
    document: {
      mimeType: cutText(extraction.documentType, 100),
      metadata: {
        originalName: storableText(upload.fileName),
        pageCount: extraction.pages.length,
        ...(firstPage && { dimensions: { width: firstPage.widthPx, height: firstPage.heightPx } })
      }
    },
    job: {
      confidence: hundredths(extraction.confidence),
      processingTier: extraction.tier,
      metadata: warnings.length === 0 ? metadata : { ...metadata, warnings: [...warnings] }
    },
    needsReview: extraction.timeblocks.some((block) => placeOf(block) === "nowhere"),
    warnings
  }
}
