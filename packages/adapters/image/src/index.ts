export { reader } from "./ImageReader.ts"
