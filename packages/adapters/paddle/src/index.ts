export * as PaddleOcr from "./PaddleOcr.ts"
