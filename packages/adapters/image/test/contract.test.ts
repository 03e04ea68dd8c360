import { documentReaderContract } from "@timegrid/testing"
import sharp from "sharp"
import { reader } from "../src/index.ts"

const screenshot = await sharp({ create: { width: 120, height: 80, channels: 3, background: "#FFFFFF" } })
  .composite([{ input: { create: { width: 60, height: 30, channels: 3, background: "#204080" } }, left: 20, top: 10 }])
  .png()
  .toBuffer()
const page = () => sharp(screenshot)

documentReaderContract(
  "image",
  reader,
  [
    { name: "a screenshot", bytes: await page().png().toBuffer(), documentType: "image/png", pageCount: 1, words: [] },
    { name: "a photo", bytes: await page().jpeg().toBuffer(), documentType: "image/jpeg", pageCount: 1, words: [] },
    {
      name: "a photo held upright",
      bytes: await page().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
      documentType: "image/jpeg",
      pageCount: 1,
      words: []
    }
  ],
  [
    { name: "more pixels than allowed", bytes: screenshot, code: "image_too_large", limits: { imagePixels: 9599 } },
    {
      name: "more scans than allowed",
      bytes: await page().jpeg({ progressive: true }).toBuffer(),
      code: "decompression_bomb",
      limits: { jpegScans: 3 }
    }
  ]
)
