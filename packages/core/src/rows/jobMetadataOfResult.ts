import { jobStages } from "../domain/jobStatus.ts"
import type { ProcessingJobMetadata } from "../domain/ProcessingJob.ts"
import type { Extraction } from "../extraction/Extraction.ts"

/** What a job's row says of its run, as far as the result tells it. */
export const jobMetadataOfResult = ({
  documentType,
  pages,
  timeblocks,
  timings
}: Extraction): ProcessingJobMetadata => {
  const words = timeblocks.flatMap(({ evidence }) => Object.values(evidence).flatMap(({ words }) => words))
  const ocrEngine = words.find(({ source }) => source === "ocr")?.engine.replace("@", "-")
  const known: ReadonlyArray<string> = [...jobStages, "total"]
  const times = Object.entries(timings).filter(([stage, time]) => known.includes(stage) && time >= 0)
  return {
    classification: classificationOf(documentType),
    pageCount: pages.length,
    ...(ocrEngine !== undefined && { ocrEngine }),
    processingTime: Object.fromEntries(times.map(([stage, time]) => [stage, Math.round(time)]))
  }
}

/** `"application/pdf"` is `"pdf"`, every picture an `"image"`, and Word's type `"docx"`. */
const classificationOf = (documentType: string) => {
  const [kind, subtype = documentType] = documentType.split("/", 2)
  if (kind === "image") return kind
  return subtype.includes("wordprocessingml") ? "docx" : subtype
}
