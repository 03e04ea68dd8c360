export { reader } from "./DocxReader.ts"
