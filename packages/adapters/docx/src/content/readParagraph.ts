import { merged, paragraphFormatOf, type RunFormat, runFormatOf, wordStyleOf } from "../style/formats.ts"
import type { StyleSheet } from "../style/StyleSheet.ts"
import { child, statedValue, textOf, type XmlElement } from "../xml/XmlElement.ts"
import type { Inline, Paragraph } from "./Block.ts"
import { symbolText } from "./symbolText.ts"
import { visibleContent } from "./visibleContent.ts"

/** A paragraph and the drawings that are anchored in it. */
export interface AnchoredParagraph {
  readonly paragraph: Paragraph
  readonly drawings: ReadonlyArray<XmlElement>
}

const drawingNames = new Set(["w:drawing", "w:pict", "w:object"])

/**
 * Reads a `w:p`: its text as a reader sees it (no deleted or hidden text, of a field the result and not its
 * instruction), one line for each break. `inherited` is what the table's style gives.
 */
export const readParagraph = (element: XmlElement, sheet: StyleSheet, inherited: RunFormat): AnchoredParagraph => {
  const properties = child(element, "w:pPr")
  const style = sheet.paragraph(statedValue(child(properties, "w:pStyle")))
  const base = merged(sheet.defaultRun, inherited, style.run)
  const lines: Array<Array<Inline>> = [[]]
  const drawings: Array<XmlElement> = []
  // Fields nest: what stands between a begin and its separator is instruction, at any depth.
  const fields: Array<"instruction" | "result"> = []
  let openInstructions = 0

  const readFieldMark = (type: string | undefined) => {
    if (type === "begin") {
      fields.push("instruction")
      openInstructions += 1
    } else if (type === "separate" && fields.at(-1) === "instruction") {
      fields[fields.length - 1] = "result"
      openInstructions -= 1
    } else if (type === "end" && fields.pop() === "instruction") openInstructions -= 1
  }

  const readRun = (run: XmlElement) => {
    const own = child(run, "w:rPr")
    const format = merged(base, sheet.character(statedValue(child(own, "w:rStyle"))), runFormatOf(own, sheet.theme))
    const isRead = () => format.hidden !== true && format.struck !== true && openInstructions === 0
    const wordStyle = wordStyleOf(format)
    const add = (text: string) => {
      if (text !== "" && isRead()) lines.at(-1)!.push({ kind: "text", text, style: wordStyle })
    }
    for (const part of visibleContent(run)) {
      if (part.name === "w:t" || part.name === "m:t") add(textOf(part))
      else if (part.name === "w:r" || part.name === "m:r") readRun(part)
      else if (part.name === "w:noBreakHyphen") add("-")
      else if (part.name === "w:sym") add(symbolText(part.attributes["w:char"] ?? ""))
      else if (part.name === "w:fldChar") readFieldMark(part.attributes["w:fldCharType"])
      else if (!isRead()) continue
      else if (part.name === "w:br" || part.name === "w:cr") lines.push([])
      else if (part.name === "w:tab" || part.name === "w:ptab") lines.at(-1)!.push({ kind: "tab" })
      else if (drawingNames.has(part.name)) drawings.push(part)
    }
  }
  for (const part of visibleContent(element)) {
    if (part.name === "w:r" || part.name === "m:r") readRun(part)
  }
  const mark = runFormatOf(child(properties, "w:rPr"), sheet.theme)
  return {
    paragraph: {
      kind: "paragraph",
      lines,
      format: merged(style.paragraph, paragraphFormatOf(properties)),
      fontSizePx: wordStyleOf(merged(base, mark)).fontSizePx
    },
    drawings
  }
}
