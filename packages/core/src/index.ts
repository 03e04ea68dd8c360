export { DocumentError, type DocumentErrorCode, documentErrorCodes } from "./document/DocumentError.ts"
export type { DocumentReader, DocumentType, OpenDocument, RenderOptions } from "./document/DocumentReader.ts"
export { defaultLimits, type Limits } from "./document/Limits.ts"
export type { BoundingBox, Fill, Page, PageImage, Rotation, Rule, Word, WordStyle } from "./document/Page.ts"
export { type Classification, classifyDocument, fileTooLarge } from "./extraction/classifyDocument.ts"
export { DocumentReaders } from "./extraction/DocumentReaders.ts"
export {
  EvidenceWord,
  ExtractedMarker,
  ExtractedTimeblock,
  Extraction,
  ExtractionWarning,
  FieldEvidence,
  type Tier,
  tiers,
  type Weekday,
  weekdays
} from "./extraction/Extraction.ts"
export type { ExtractionProgress, ExtractionStage, ProgressListener } from "./extraction/ExtractionProgress.ts"
export { type ExtractDocumentOptions, extractDocument } from "./extraction/extractDocument.ts"
export { readPageImage } from "./image/readPageImage.ts"
export { CapabilityMissing, EngineUnavailable, OcrError, UnreadableImage } from "./ocr/OcrError.ts"
export { type OcrOptions, OcrProvider } from "./ocr/OcrProvider.ts"
export { drawnTables } from "./table/drawnTables.ts"
export type { Cell, Table } from "./table/Table.ts"
export { type Interpretation, interpretPages } from "./timetable/interpretPages.ts"
