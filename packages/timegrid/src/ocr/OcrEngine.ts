/** What `ocrEngine` and `--ocr` may be. */
export const ocrEngines = ["auto", "tesseract", "paddle", "ensemble"] as const

/**
 * What reads page images. `"tesseract"` comes with this package; `"paddle"` is PP-OCRv4, for those who install
 * `@timegrid/paddle`; `"ensemble"` is tesseract with paddle voting on what is doubtful; `"auto"` is the ensemble where
 * paddle is installed and runs, else tesseract.
 */
export type OcrEngine = (typeof ocrEngines)[number]
