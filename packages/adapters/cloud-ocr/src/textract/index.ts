export * as TextractOcr from "./TextractOcr.ts"
