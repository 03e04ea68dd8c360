import { ocrProviderContract } from "@timegrid/testing"
import { TesseractOcr } from "../src/index.ts"

ocrProviderContract("tesseract.js", TesseractOcr.layer())
