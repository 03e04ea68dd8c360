export {
  DocumentError,
  type DocumentErrorCode,
  type DocumentReader,
  type ExtractedMarker,
  type ExtractedTimeblock,
  type Extraction,
  type ExtractionProgress,
  type ExtractionRun,
  type ExtractionWarning,
  type Limits,
  OcrError,
  OcrProvider,
  toCsv,
  toHtml,
  toIcs,
  toJson,
  toTable
} from "@timegrid/core"
export { builtInReaders } from "./builtInReaders.ts"
export { UsageError } from "./command/UsageError.ts"
export { createTimegrid, type ExtractOptions, type Timegrid, type TimegridPipeline } from "./createTimegrid.ts"
export type { DocumentInput } from "./DocumentInput.ts"
export { type ExtractFileOptions, extractFile, runFile } from "./extractFile.ts"
export { FileError, type FileErrorCode } from "./FileError.ts"
export { type LocalOptions, layer, type TimegridOptions } from "./layer.ts"
export type { OcrEngine } from "./ocr/OcrEngine.ts"
export { TimegridClosedError } from "./TimegridClosedError.ts"
export type { CloudOcrOption, TierOptions } from "./tiers/TierOptions.ts"
export { Tiers, tiersLayer } from "./tiers/Tiers.ts"
export { tiersFromEnvironment } from "./tiers/tiersFromEnvironment.ts"
