import { ensembleLayer } from "@timegrid/core"
import { TesseractOcr } from "@timegrid/tesseract"
import { ocrProviderContract } from "@timegrid/testing"
import { PaddleOcr } from "../src/index.ts"

ocrProviderContract(
  "tesseract.js and PP-OCRv4",
  ensembleLayer(TesseractOcr.layer({ workers: 2 }), PaddleOcr.layer({ workers: 1 }), { reread: "all" })
)
