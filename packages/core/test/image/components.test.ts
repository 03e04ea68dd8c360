import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { joinRuns, runsOf } from "../../src/image/components.ts"

interface Mask {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

const mask: fc.Arbitrary<Mask> = fc
  .record({ width: fc.integer({ min: 1, max: 24 }), height: fc.integer({ min: 1, max: 18 }) })
  .chain(({ width, height }) =>
    fc
      .array(fc.constantFrom(0, 0, 1), { minLength: width * height, maxLength: width * height })
      .map((bits): Mask => ({ width, height, data: Uint8Array.from(bits) }))
  )

/** Pixels that hang together within `reach` rows and one column, each component as its sorted pixels. */
const flooded = ({ width, height, data }: Mask, reach: number): ReadonlyArray<ReadonlyArray<number>> => {
  const seen = new Set<number>()
  const components: Array<ReadonlyArray<number>> = []
  for (let start = 0; start < data.length; start++) {
    if (data[start] === 0 || seen.has(start)) continue
    const [found, open] = [[start], [start]]
    seen.add(start)
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)]
      for (let v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const next = v * width + u
          if (data[next] === 0 || seen.has(next)) continue
          seen.add(next)
          found.push(next)
          open.push(next)
        }
      }
    }
    components.push(found.toSorted((a, b) => a - b))
  }
  return components
}

/** Of the levels of a mask, 0 and 1. */
const isSet = Uint8Array.of(0, 1)

const joined = ({ width, height, data }: Mask, reach: number) =>
  joinRuns(runsOf({ data, width, height }, { x: 0, y: 0, width, height }, isSet), reach).map((component) => ({
    ...component,
    pixels: component.runs
      .flatMap(({ y, from, to }) => Array.from({ length: to - from }, (_, i) => y * width + from + i))
      .toSorted((a, b) => a - b)
  }))

describe("joinRuns", () => {
  it.each([1, 2])("finds the same components as a flood fill that steps over %i row(s)", (reach) => {
    fc.assert(
      fc.property(mask, (made) => {
        const found = joined(made, reach).map(({ pixels }) => pixels)
        expect(found.toSorted((a, b) => a[0]! - b[0]!)).toEqual(flooded(made, reach))
      }),
      { numRuns: 150 }
    )
  })

  it("measures each component by its own pixels", () => {
    fc.assert(
      fc.property(mask, (made) => {
        for (const { box, area, pixels } of joined(made, 1)) {
          const [xs, ys] = [pixels.map((at) => at % made.width), pixels.map((at) => Math.floor(at / made.width))]
          const [x, y] = [Math.min(...xs), Math.min(...ys)]
          expect(area).toBe(pixels.length)
          expect(box).toEqual({ x, y, width: Math.max(...xs) + 1 - x, height: Math.max(...ys) + 1 - y })
        }
      })
    )
  })

  it("finds none in an empty mask", () => {
    expect(joined({ width: 4, height: 3, data: new Uint8Array(12) }, 1)).toEqual([])
  })
})
