export { reader } from "./PdfReader.ts"
