import { assert, describe, it } from "@effect/vitest"
import { Effect } from "effect"
import { type Color, colorAt, mosaic, pageOf, pixelsOf, squarePx } from "./images.ts"

const colors: Readonly<Record<string, Color>> = {
  A: [200, 30, 30],
  B: [30, 160, 30],
  C: [30, 30, 200],
  D: [220, 220, 40],
  E: [30, 30, 30],
  F: [240, 240, 240]
}

const upright = ["ABC", "DEF"]

/** How each orientation stores the same picture, and the degrees that the page is then turned by. */
const stored = [
  { orientation: 1, rows: ["ABC", "DEF"], rotation: 0 },
  { orientation: 2, rows: ["CBA", "FED"], rotation: 0 },
  { orientation: 3, rows: ["FED", "CBA"], rotation: 180 },
  { orientation: 4, rows: ["DEF", "ABC"], rotation: 180 },
  { orientation: 5, rows: ["AD", "BE", "CF"], rotation: 270 },
  { orientation: 6, rows: ["CF", "BE", "AD"], rotation: 90 },
  { orientation: 7, rows: ["FC", "EB", "DA"], rotation: 90 },
  { orientation: 8, rows: ["DA", "EB", "FC"], rotation: 270 }
]

const mosaicOf = (rows: ReadonlyArray<string>) => mosaic(rows.map((row) => [...row].map((name) => colors[name]!)))

const nearestColor = (color: ReadonlyArray<number>) => {
  const distance = (name: string) =>
    colors[name]!.reduce((sum, level, index) => sum + Math.abs(level - color[index]!), 0)
  return Object.keys(colors).reduce((best, name) => (distance(name) < distance(best) ? name : best))
}

describe("orientation", () => {
  for (const format of ["jpeg", "png"] as const) {
    for (const { orientation, rotation, rows } of stored) {
      it.live(`a ${format} of EXIF orientation ${orientation} stands upright`, () =>
        Effect.gen(function* () {
          const file = mosaicOf(rows).withMetadata({ orientation }).toFormat(format)
          const bytes = yield* Effect.promise(() => file.toBuffer())
          const page = yield* pageOf(bytes)
          const [widthPx, heightPx] = [3 * squarePx, 2 * squarePx]
          assert.deepStrictEqual([page.widthPx, page.heightPx, page.rotation], [widthPx, heightPx, rotation])
          assert.deepStrictEqual(page.images, [{ x: 0, y: 0, width: widthPx, height: heightPx }])
          const image = yield* pixelsOf(bytes)
          assert.deepStrictEqual([image.widthPx, image.heightPx], [widthPx, heightPx])
          const middle = (index: number) => (index + 0.5) * squarePx
          const seen = upright.map((row, y) =>
            [...row].map((_, x) => nearestColor(colorAt(image, middle(x), middle(y)))).join("")
          )
          assert.deepStrictEqual(seen, upright)
        })
      )
    }
  }
})
