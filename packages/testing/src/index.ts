export { type DocumentSample, documentReaderContract, type RefusedDocument } from "./documentReaderContract.ts"
export { type OcrContractOptions, ocrProviderContract } from "./ocrProviderContract.ts"
export { anotherLine, blankPage, inColour, lineOfText, mondayMaths, type PageFixture } from "./pages.ts"
