import { type DocumentReader, defaultLimits } from "@timegrid/core"
import { reader as docx } from "@timegrid/docx"
import { reader as image } from "@timegrid/image"
import { makeTimetable } from "@timegrid/maker"
import { documentReaderContract } from "@timegrid/testing"
import { Effect, Exit, Scope } from "effect"
import { afterAll } from "vitest"
import { isolateReader } from "../src/isolation/isolateReader.ts"
import { makeParserPool } from "../src/isolation/ParserPool.ts"

// A reader keeps its promises in a process of its own as it does without.
const scope = Effect.runSync(Scope.make())
afterAll(() => Effect.runPromise(Scope.close(scope, Exit.void)))

const { memoryBytes } = defaultLimits
const modules = [docx, image].flatMap(({ module }) => (module === undefined ? [] : [module]))
const pool = await Effect.runPromise(Scope.provide(makeParserPool({ modules, size: 2, memoryBytes }), scope))
const isolated = (reader: DocumentReader) => isolateReader(reader, pool)

const made = (seed: number, tier: "docx" | "png") => makeTimetable({ seed, tier, layout: "days-as-columns" })

const wordFile = async (seed: number) => {
  const { bytes, truth } = await made(seed, "docx")
  const documentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  const words = [truth.blocks[0]?.name.split(" ")[0] ?? ""]
  return { name: `week ${seed}`, bytes, documentType, pageCount: 1, words, renders: false }
}

const screenshot = async (seed: number) => {
  const { bytes } = await made(seed, "png")
  return { name: `week ${seed}`, bytes, documentType: "image/png", pageCount: 1, words: [] }
}

const wordFiles = [await wordFile(1), await wordFile(2)] as const
const screenshots = [await screenshot(1), await screenshot(2)] as const

documentReaderContract("docx, isolated", isolated(docx), wordFiles, [
  { name: "too many cells", bytes: wordFiles[0].bytes, code: "decompression_bomb", limits: { docxCells: 3 } }
])
documentReaderContract("image, isolated", isolated(image), screenshots, [
  { name: "too many pixels", bytes: screenshots[0].bytes, code: "image_too_large", limits: { imagePixels: 1000 } }
])
