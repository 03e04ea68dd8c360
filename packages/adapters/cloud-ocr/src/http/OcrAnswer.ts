import type { OcrTable } from "@timegrid/core"
import * as z from "zod"
import { type Polygon, polygonOf } from "../shared/Polygon.ts"
import type { StatedWord } from "../shared/pageWords.ts"

/** Pixels of the image that was sent; the origin is its top left corner. */
const Box = z.object({ x: z.number(), y: z.number(), width: z.number().min(0), height: z.number().min(0) })

/** What an engine answers to `POST /ocr`; open for more. */
export const OcrAnswer = z.object({
  /** In reading order. */
  words: z.array(
    z.object({
      text: z.string(),
      /** Upright, also around turned writing. */
      box: Box,
      /** 0 to 1. */
      confidence: z.number(),
      /** Degrees by which the writing is turned clockwise. */
      rotation: z.literal([0, 90, 180, 270]).default(0)
    })
  ),
  tables: z
    .array(
      z.object({
        cells: z.array(
          z.object({
            /** From 0, as the writing runs. */
            rowIndex: z.int().min(0),
            columnIndex: z.int().min(0),
            rowSpan: z.int().min(1).default(1),
            columnSpan: z.int().min(1).default(1),
            box: Box
          })
        )
      })
    )
    .default([])
})
export type OcrAnswer = z.output<typeof OcrAnswer>

/** The words of an answer. */
export const wordsOf = ({ words }: OcrAnswer): ReadonlyArray<StatedWord> =>
  words.map(({ box, confidence, rotation, text }) => {
    const [a, b, c, d] = polygonOf(box)
    // Which corner of the box the writing begins at.
    const corners: Record<typeof rotation, Polygon> = {
      0: [a, b, c, d],
      90: [b, c, d, a],
      180: [c, d, a, b],
      270: [d, a, b, c]
    }
    return { text, confidence, polygon: corners[rotation] }
  })

/** The tables of an answer. */
export const tablesOf = ({ tables }: OcrAnswer): ReadonlyArray<OcrTable> => tables
