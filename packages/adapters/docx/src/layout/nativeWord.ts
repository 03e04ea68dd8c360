import type { BoundingBox, Rotation, Word, WordStyle } from "@timegrid/core"

/** A word that the document states itself. */
export const nativeWord = (text: string, style: WordStyle, box: BoundingBox, rotation: Rotation): Word => ({
  text,
  box,
  rotation,
  confidence: 1,
  source: "native",
  engine: "docx",
  style
})
