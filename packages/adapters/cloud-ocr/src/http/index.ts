export * as HttpOcr from "./HttpOcr.ts"
export { OcrAnswer } from "./OcrAnswer.ts"
