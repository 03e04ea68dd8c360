export * as GoogleVisionOcr from "./GoogleVisionOcr.ts"
