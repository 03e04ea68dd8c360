import type { XmlElement } from "../xml/XmlElement.ts"

/** Which regions of its style a table shows. */
export interface TableLook {
  readonly firstRow: boolean
  readonly lastRow: boolean
  readonly firstColumn: boolean
  readonly lastColumn: boolean
  readonly rowBands: boolean
  readonly columnBands: boolean
}

/** Where a cell stands; its place in the row is counted in cells. */
export interface CellPlace {
  readonly rowIndex: number
  readonly rowCount: number
  readonly cellIndex: number
  readonly cellCount: number
}

/** Reads a `w:tblLook`, in its attributes or in the bits of the older form. */
export const tableLookOf = (look: XmlElement | null): TableLook => {
  const bits = Number.parseInt(look?.attributes["w:val"] ?? "0", 16)
  const shows = (name: string, bit: number) => {
    const stated = look?.attributes[`w:${name}`]
    return stated === undefined ? (bits & bit) !== 0 : stated === "1" || stated === "true"
  }
  return {
    firstRow: shows("firstRow", 0x20),
    lastRow: shows("lastRow", 0x40),
    firstColumn: shows("firstColumn", 0x80),
    lastColumn: shows("lastColumn", 0x100),
    rowBands: look !== null && !shows("noHBand", 0x200),
    columnBands: look !== null && !shows("noVBand", 0x400)
  }
}

/** The regions of a table style that hold for a cell, the weakest first. */
export const regionsOf = (look: TableLook, { cellCount, cellIndex, rowCount, rowIndex }: CellPlace) => {
  const regions = ["wholeTable"]
  const rowBand = rowIndex - (look.firstRow ? 1 : 0)
  const columnBand = cellIndex - (look.firstColumn ? 1 : 0)
  if (look.columnBands && columnBand >= 0) regions.push(columnBand % 2 === 0 ? "band1Vert" : "band2Vert")
  if (look.rowBands && rowBand >= 0) regions.push(rowBand % 2 === 0 ? "band1Horz" : "band2Horz")
  if (look.lastColumn && cellIndex === cellCount - 1) regions.push("lastCol")
  if (look.firstColumn && cellIndex === 0) regions.push("firstCol")
  if (look.lastRow && rowIndex === rowCount - 1) regions.push("lastRow")
  if (look.firstRow && rowIndex === 0) regions.push("firstRow")
  return regions
}
