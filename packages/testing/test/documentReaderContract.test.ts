import { documentReaderContract, lineOfText, mondayMaths, type PageFixture } from "../src/index.ts"
import { pgmReader } from "./pgmReader.ts"

const sample = (name: string, { image }: PageFixture) => ({
  name,
  bytes: Buffer.concat([Buffer.from(`P5\n${image.widthPx} ${image.heightPx}\n255\n`), image.data]),
  documentType: "image/x-portable-graymap",
  pageCount: 1,
  words: []
})

const page = sample("a page", mondayMaths)

documentReaderContract(
  "pgm",
  pgmReader,
  [page, sample("a line", lineOfText)],
  [
    { name: "one pixel is missing", bytes: page.bytes.subarray(0, -1), code: "corrupt_file" },
    { name: "more pixels than the limit", bytes: page.bytes, code: "image_too_large", limits: { imagePixels: 1_000 } }
  ]
)
