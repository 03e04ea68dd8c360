export * as TesseractOcr from "./TesseractOcr.ts"
