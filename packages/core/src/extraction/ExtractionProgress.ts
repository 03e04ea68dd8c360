import type { JobStage } from "../domain/jobStatus.ts"

/** The stages of one extraction in order; `Extraction.timings` has a figure for each that was run. */
export type ExtractionStage = Exclude<JobStage, "review">

/** How far one extraction has come. */
export interface ExtractionProgress {
  readonly stage: ExtractionStage
  /** Of the whole extraction, 0 to 1; never falls. An estimate: stages differ in cost from document to document. */
  readonly fraction: number
  /** Pages read so far in this stage, or null before the number of pages is known. */
  readonly page: number | null
  readonly pages: number | null
}

/** Is told of progress; called synchronously, so it should return at once. */
export type ProgressListener = (progress: ExtractionProgress) => void

// Where each stage ends, as a share of the whole: reading page images takes by far the longest.
const stageEnds: Readonly<Record<ExtractionStage, number>> = {
  classification: 0.03,
  preprocessing: 0.15,
  ocr: 0.92,
  interpretation: 0.98,
  validation: 1,
  llm: 1
}

const stageStarts: Readonly<Record<ExtractionStage, number>> = {
  classification: 0,
  preprocessing: stageEnds.classification,
  ocr: stageEnds.preprocessing,
  interpretation: stageEnds.ocr,
  validation: stageEnds.interpretation,
  llm: stageEnds.interpretation
}

/** Whether a stage of a job is one of reading, which no person takes part in. */
export const isExtractionStage = (stage: JobStage): stage is ExtractionStage => stage !== "review"

/** Progress at the beginning of a stage; `pages` is null where their number is not known yet. */
export const stageBegins = (stage: ExtractionStage, pages: number | null): ExtractionProgress => ({
  stage,
  fraction: stageStarts[stage],
  page: pages === null ? null : 0,
  pages
})

/** Progress when `pagesDone` of `pages` are done in a stage; a page under way counts with the share that is done. */
export const pagesProgress = (stage: ExtractionStage, pagesDone: number, pages: number): ExtractionProgress => ({
  stage,
  fraction: stageStarts[stage] + (stageEnds[stage] - stageStarts[stage]) * (pages === 0 ? 1 : pagesDone / pages),
  // A sum of shares may miss a whole number of pages by the least bit.
  page: Math.floor(pagesDone + 1e-9),
  pages
})
