import type { Rotation } from "@timegrid/core"
import { merged, type RunFormat } from "../style/formats.ts"
import type { StyleSheet, TableFormat } from "../style/StyleSheet.ts"
import { fillOf } from "../style/ThemeColors.ts"
import { numberOf, pixelsOf, twipsOf, twipsPerPixel } from "../xml/numbers.ts"
import { child, elements, statedValue, type XmlElement } from "../xml/XmlElement.ts"
import type { Block, CellContent, TableBlock } from "./Block.ts"
import { resolveGrid, type StatedCell, type StatedRow } from "./resolveGrid.ts"
import { regionsOf, tableLookOf } from "./tableRegions.ts"
import { visibleContent } from "./visibleContent.ts"

/** Reads what stands in a cell; `inherited` is what the table's style gives its text. */
export type ReadBlocks = (parent: XmlElement, inherited: RunFormat) => ReadonlyArray<Block>

// Word's own limit; a span beyond it is damage.
const mostColumns = 63
// Percentages of a width are stated in fiftieths.
const fiftiethsOfPercent = 5000

const columnsOf = (property: XmlElement | null, least: number): number =>
  Math.min(mostColumns, Math.max(least, Math.trunc(numberOf(statedValue(property)) ?? least)))

/** A width in twips, or null where it is automatic. */
const widthOf = (property: XmlElement | null, tableWidth: number): number | null => {
  const { "w:type": type, "w:w": stated } = property?.attributes ?? {}
  const percent = stated?.endsWith("%") === true ? twipsOf(stated.slice(0, -1)) : null
  if (percent !== null) return (percent / 100) * tableWidth
  const width = twipsOf(stated)
  if (width === null || width === 0) return null
  if (type === "pct") return (width / fiftiethsOfPercent) * tableWidth
  return type === "auto" || type === "nil" ? null : width
}

const rotations: Readonly<Record<string, Rotation>> = {
  btLr: 270,
  lr: 270,
  tbRl: 90,
  tbRlV: 90,
  tbLrV: 90,
  rl: 90,
  rlV: 90,
  lrV: 90
}

const verticalMergeOf = (property: XmlElement | null): StatedCell<unknown>["verticalMerge"] => {
  if (property === null) return "none"
  return statedValue(property) === "restart" ? "restart" : "continue"
}

const isDeleted = (row: XmlElement): boolean => child(child(row, "w:trPr"), "w:del") !== null

/** What the style gives to a cell, the regions it lies in laid over one another. */
const cellFormat = (format: TableFormat, regions: ReadonlyArray<string>) => {
  const formats = regions.flatMap((name) => format.get(name) ?? [])
  return { run: merged(...formats.map(({ run }) => run)), fill: merged({ run: {} }, ...formats).fill ?? null }
}

/**
 * Reads a `w:tbl` into a grid that its cells tile: stated spans, merges in both directions, fills of the cells and of
 * the table's style, direction of writing. Deleted rows are left out.
 */
export const readTable = (table: XmlElement, sheet: StyleSheet, readBlocks: ReadBlocks): TableBlock => {
  const properties = child(table, "w:tblPr")
  const gridElement = child(table, "w:tblGrid")
  const gridWidths = (gridElement === null ? [] : elements(gridElement))
    .filter(({ name }) => name === "w:gridCol")
    .map((column) => twipsOf(column.attributes["w:w"]) ?? 0)
  const gridWidth = gridWidths.reduce((sum, width) => sum + width, 0)
  const look = tableLookOf(child(properties, "w:tblLook"))
  const format = sheet.table(statedValue(child(properties, "w:tblStyle")))
  const rows = [...visibleContent(table)].filter((row) => row.name === "w:tr" && !isDeleted(row))

  const statedCell = (cell: XmlElement, regions: ReadonlyArray<string>): StatedCell<CellContent> => {
    const cellProperties = child(cell, "w:tcPr")
    const shading = child(cellProperties, "w:shd")
    const styled = cellFormat(format, regions)
    return {
      span: columnsOf(child(cellProperties, "w:gridSpan"), 1),
      width: widthOf(child(cellProperties, "w:tcW"), gridWidth),
      verticalMerge: verticalMergeOf(child(cellProperties, "w:vMerge")),
      content: {
        blocks: readBlocks(cell, styled.run),
        rotation: rotations[statedValue(child(cellProperties, "w:textDirection")) ?? ""] ?? 0,
        fill: shading === null ? styled.fill : fillOf(shading, sheet.theme)
      }
    }
  }

  const statedRow = (row: XmlElement, rowIndex: number): StatedRow<CellContent> => {
    const rowProperties = child(row, "w:trPr")
    const cellElements = [...visibleContent(row)].filter(({ name }) => name === "w:tc")
    const cells: Array<StatedCell<CellContent>> = []
    for (const [index, cell] of cellElements.entries()) {
      const previous = cells.at(-1)
      const place = { rowIndex, rowCount: rows.length, cellIndex: index, cellCount: cellElements.length }
      const stated = statedCell(cell, regionsOf(look, place))
      // The old way to merge sideways: later cells say that they go on with the first.
      const goesOn = verticalMergeOf(child(child(cell, "w:tcPr"), "w:hMerge")) === "continue"
      if (previous === undefined || !goesOn) cells.push(stated)
      else {
        const width = previous.width === null || stated.width === null ? null : previous.width + stated.width
        cells[cells.length - 1] = { ...previous, span: previous.span + stated.span, width }
      }
    }
    return {
      columnsBefore: columnsOf(child(rowProperties, "w:gridBefore"), 0),
      widthBefore: widthOf(child(rowProperties, "w:wBefore"), gridWidth),
      cells,
      columnsAfter: columnsOf(child(rowProperties, "w:gridAfter"), 0)
    }
  }

  const indent = child(properties, "w:tblInd")
  return {
    kind: "table",
    grid: resolveGrid(gridWidths, rows.map(statedRow)),
    leastRowHeightsPx: rows.map((row) => pixelsOf(statedValue(child(child(row, "w:trPr"), "w:trHeight"))) ?? 0),
    indentPx: (widthOf(indent, gridWidth) ?? 0) / twipsPerPixel
  }
}
