import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type Point, project, rectangleToQuad } from "../../src/image/homography.ts"
import { layoutOf } from "../../src/image/pageLayout.ts"
import { drawnGrid, madeGrid, shapeDrawn, shapesFound } from "./grids.ts"
import { noisy, pageOf, paint, type Raster, randomFrom, raster, salted, seen, skewed, word } from "./raster.ts"

const shapesOn = (image: Raster) => shapesFound(layoutOf(pageOf(image), image).tables)

describe("layoutOf", () => {
  it("finds a drawn table with its spans, whatever its sizes and the thickness of its lines", () => {
    fc.assert(
      fc.property(madeGrid, (grid) => {
        expect(shapesOn(drawnGrid(grid))).toEqual([shapeDrawn(grid)])
      }),
      { numRuns: 15 }
    )
  })

  it("finds the same spans under strewn pixels and under the noise of JPEG", () => {
    fc.assert(
      fc.property(madeGrid, fc.nat(1_000), (grid, seed) => {
        const [image, random] = [drawnGrid(grid), randomFrom(seed)]
        expect(shapesOn(salted(image, 0.002, random))).toEqual([shapeDrawn(grid)])
        expect(shapesOn(noisy(image, 6, random))).toEqual([shapeDrawn(grid)])
      }),
      { numRuns: 5 }
    )
  })

  it("finds the same spans on a page that lies askew by up to 3 degrees", () => {
    fc.assert(
      fc.property(madeGrid, fc.double({ min: 1, max: 3, noNaN: true }), fc.boolean(), (grid, degrees, left) => {
        const image = skewed(drawnGrid(grid), left ? -degrees : degrees)
        const layout = layoutOf(pageOf(image), image)
        expect(shapesFound(layout.tables)).toEqual([shapeDrawn(grid)])
        expect(layout.toImage).not.toBe(null)
      }),
      { numRuns: 5 }
    )
  })

  const grid = {
    spans: [0, 1, 2, 3].flatMap((rowIndex) =>
      [0, 1, 2, 3].map((columnIndex) => ({ rowIndex, columnIndex, rowSpan: 1, columnSpan: 1 }))
    ),
    columnWidths: [130, 130, 130, 130],
    rowHeights: [80, 80, 80, 80],
    thickness: 2
  }

  it("leaves a straight page as it is", () => {
    const image = drawnGrid(grid)
    const layout = layoutOf(pageOf(image), image)
    expect(layout.toImage).toBe(null)
    expect(layout.image).toBe(image)
  })

  it("puts the corners of a photographed table where they are in the photograph", () => {
    const image = drawnGrid(grid)
    const { widthPx: width, heightPx: height } = image
    // Maps the photograph to the page, so the page's corners are searched for by going the other way.
    const toPage = rectangleToQuad(width, height, [
      [-20, -14],
      [width + 24, -6],
      [width + 10, height + 22],
      [-10, height + 8]
    ])
    const photo = seen(image, (point) => project(toPage, point))
    const layout = layoutOf(pageOf(photo), photo)
    expect(shapesFound(layout.tables)).toEqual([shapeDrawn(grid)])
    const { box } = layout.tables[0]!
    const corners: ReadonlyArray<readonly [Point, Point]> = [
      [
        [box.x, box.y],
        [61, 61]
      ],
      [
        [box.x + box.width, box.y],
        [581, 61]
      ],
      [
        [box.x + box.width, box.y + box.height],
        [581, 381]
      ],
      [
        [box.x, box.y + box.height],
        [61, 381]
      ]
    ]
    for (const [found, drawn] of corners) {
      const [x, y] = project(toPage, project(layout.toImage!, found))
      expect(Math.hypot(x - drawn[0], y - drawn[1])).toBeLessThan(3.5)
    }
  })

  it("finds two tables on one page", () => {
    const one = drawnGrid({ ...grid, thickness: 1 })
    const two = raster(one.widthPx, 2 * one.heightPx)
    two.data.set(one.data)
    two.data.set(one.data, one.data.length)
    expect(shapesOn(two)).toEqual([shapeDrawn(grid), shapeDrawn(grid)])
  })

  it("finds no table on a page of writing, nor on a blank one", () => {
    const [letter, random] = [raster(900, 700), randomFrom(5)]
    for (let y = 40; y < 640; y += 34) {
      for (let x = 40 + Math.floor(20 * random()); x < 800; ) {
        // Letters of several heights on one line, now and then a space.
        const height = [10, 10, 14, 18][Math.floor(4 * random())]!
        word(letter, x, y + 18 - height, 1, height)
        x += Math.round((height * 2) / 3) + (random() < 0.2 ? 12 : 4)
      }
    }
    expect(shapesOn(letter)).toEqual([])
    expect(shapesOn(raster(600, 400))).toEqual([])
  })

  it("finds a table whose cells are parted by white lines between shaded areas", () => {
    const image = raster(640, 440)
    for (let row = 0; row < 4; row++) {
      for (let column = 0; column < 4; column++) {
        const [x, y] = [60 + column * 130, 60 + row * 80]
        paint(image, { x, y, width: 126, height: 76 }, 190)
        word(image, x + 12, y + 14, 3, 14)
      }
    }
    expect(shapesOn(image)).toEqual([shapeDrawn(grid)])
  })

  it("takes the two strokes of a double border for one", () => {
    const image = drawnGrid({ ...grid, thickness: 1 })
    for (const at of [60, 140, 220, 300, 380]) paint(image, { x: 60, y: at + 4, width: 521, height: 1 }, 0)
    expect(shapesOn(image)).toEqual([shapeDrawn(grid)])
  })

  it.each([
    [1, 1],
    [1, 3_000],
    [3_000, 1],
    [3, 3]
  ])("finds nothing on an image of %i × %i pixels", (width, height) => {
    expect(shapesOn(raster(width, height))).toEqual([])
    expect(shapesOn(raster(width, height, 0))).toEqual([])
  })
})
