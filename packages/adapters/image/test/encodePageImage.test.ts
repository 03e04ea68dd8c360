import type { PageImage } from "@timegrid/core"
import { defaultLimits } from "@timegrid/core"
import { Effect } from "effect"
import { assert, describe, it } from "vitest"
import { encodePageImage, reader } from "../src/index.ts"

const image = (channels: 1 | 3, valueAt: (index: number) => number, widthPx = 600): PageImage => {
  const data = Uint8Array.from({ length: widthPx * 500 * channels }, (_, index) => valueAt(index))
  return { pageNumber: 3, widthPx, heightPx: 500, channels, data }
}

const decoded = (bytes: Uint8Array) =>
  Effect.scoped(Effect.flatMap(reader.open(bytes, defaultLimits), ({ render }) => render(1)))

describe("a page image as a file", () => {
  it("keeps every pixel of a drawn page, coloured or gray", async () => {
    const drawn = image(3, (index) => (index % 900 < 450 ? 255 : 40))
    const gray = image(1, (index) => (index % 60 < 30 ? 255 : 40))
    for (const page of [drawn, gray]) {
      const file = await Effect.runPromise(encodePageImage(page))
      assert.deepInclude(file, { pageNumber: 3, mediaType: "image/png" })
      const { data, heightPx, widthPx } = await Effect.runPromise(decoded(file.bytes))
      assert.deepStrictEqual([widthPx, heightPx], [600, 500])
      assert.isTrue(data.every((value, index) => value === page.data[Math.floor((index * page.channels) / 3)]))
    }
  })

  it("stays small where a page is a photograph", async () => {
    // A generator of low quality makes enough noise.
    let seed = 1
    const noise = image(3, () => {
      seed = (seed * 16807) % 2147483647
      return seed % 256
    })
    const { bytes, mediaType } = await Effect.runPromise(encodePageImage(noise))
    assert.strictEqual(mediaType, "image/jpeg")
    assert.isBelow(bytes.length, noise.data.length / 2)
  })
})
