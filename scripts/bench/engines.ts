import path from "node:path"
import { pathToFileURL } from "node:url"
import type { OcrEngine, Timegrid } from "../../packages/timegrid/src/index.ts"
import { root } from "../bootstrap/places.mjs"

type BuiltTimegrid = typeof import("../../packages/timegrid/src/index.ts")
type BuiltTesseract = typeof import("../../packages/adapters/tesseract/src/index.ts")

const built = (folder: string) => import(pathToFileURL(path.join(root, folder, "dist/index.js")).href)

/** Timegrid as built, warm and isolated as users have it. */
export const openTimegrid = async (ocrEngine: OcrEngine): Promise<Timegrid> => {
  const { createTimegrid }: BuiltTimegrid = await built("packages/timegrid")
  return createTimegrid({ ocrEngine })
}

/** The same with so many threads of tesseract alone, which read that many documents at once or more. */
export const openWithWorkers = async (workers: number, concurrency: number): Promise<Timegrid> => {
  const { createTimegrid }: BuiltTimegrid = await built("packages/timegrid")
  const { TesseractOcr }: BuiltTesseract = await built("packages/adapters/tesseract")
  return createTimegrid({ ocr: TesseractOcr.layer({ workers }), concurrency })
}
