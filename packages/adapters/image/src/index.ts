export { encodePageImage } from "./encodePageImage.ts"
export { reader } from "./ImageReader.ts"
