export { type DocxReaderOptions, makeDocxReader, reader } from "./DocxReader.ts"
