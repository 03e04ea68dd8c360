import { ocrProviderContract } from "@timegrid/testing"
import { PaddleOcr } from "../src/index.ts"

ocrProviderContract("PP-OCRv4", PaddleOcr.layer())
