import type { Extraction } from "../extraction/Extraction.ts"

/**
 * What a timetable is called: its class and term; where the document says neither, what else its heading says, the
 * school or the teacher; without a heading, the file without its folders and its extension.
 */
export const timetableName = (
  { schoolName, teacher, term }: Extraction["metadata"],
  className: string | null,
  fileName: string
): string => {
  const own = [className, term].filter((part) => part !== null && part.trim() !== "").join(" - ")
  return [own, schoolName, teacher, stemOf(fileName)].find((name) => name?.trim()) ?? fileName
}

const stemOf = (fileName: string) =>
  fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1).replace(/(?<=.)\.[^.]*$/s, "")
