import type { OpenDocument, PageImage, RenderOptions } from "@timegrid/core"
import { Effect } from "effect"
import { assert, describe, it } from "vitest"
import { type PageSource, pdfFile } from "./pdfFile.ts"
import { openBytes, perPoint } from "./reading.ts"

const render = (page: PageSource, options?: RenderOptions, limits = {}) =>
  Effect.runPromise(
    openBytes(pdfFile({ pages: [page] }), limits).pipe(
      Effect.flatMap((document: OpenDocument) => document.render(1, options)),
      Effect.scoped
    )
  )

const pixel = ({ data, widthPx }: PageImage, x: number, y: number) => {
  const at = (Math.round(y) * widthPx + Math.round(x)) * 3
  return [...data.subarray(at, at + 3)]
}

const white = [255, 255, 255]
const red = [255, 0, 0]
const redSquare: PageSource = { content: "1 0 0 rg 100 600 100 100 re f" }

describe("render", () => {
  it("draws the page in colour, upright, on white", async () => {
    const image = await render(redSquare)
    assert.deepStrictEqual([image.widthPx, image.heightPx, image.channels], [1653, 2339, 3])
    assert.deepStrictEqual(pixel(image, 150 * perPoint, (842 - 650) * perPoint), red)
    assert.deepStrictEqual(pixel(image, 90 * perPoint, (842 - 650) * perPoint), white)
    assert.deepStrictEqual(pixel(image, 150 * perPoint, (842 - 590) * perPoint), white)
  })

  it("draws what the words and fills say, also on turned and cropped pages", async () => {
    const page = { ...redSquare, entries: "/Rotate 90 /CropBox [50 500 350 800]" }
    const document = Effect.scoped(
      Effect.gen(function* () {
        const { pages, render } = yield* openBytes(pdfFile({ pages: [page] }))
        return { fill: pages[0]!.fills[0]!, image: yield* render(1) }
      })
    )
    const { fill, image } = await Effect.runPromise(document)
    const { height, width, x, y } = fill.box
    assert.deepStrictEqual(pixel(image, x + 3, y + 3), red)
    assert.deepStrictEqual(pixel(image, x + width - 4, y + height - 4), red)
    assert.deepStrictEqual(pixel(image, x - 4, y + 3), white)
    assert.deepStrictEqual(pixel(image, x + width + 4, y + 3), white)
  })

  it("draws a region at any resolution", async () => {
    const region = { x: 90 * perPoint, y: 140 * perPoint, width: 40 * perPoint, height: 20 * perPoint }
    const image = await render(redSquare, { region, scale: 3 })
    assert.deepStrictEqual([image.widthPx, image.heightPx], [Math.round(120 * perPoint), Math.round(60 * perPoint)])
    assert.deepStrictEqual(pixel(image, 15 * perPoint, 30 * perPoint), white)
    assert.deepStrictEqual(pixel(image, 60 * perPoint, 30 * perPoint), red)
  })

  it("draws a page that is one image, of which it knows the place but no words", async () => {
    const scan = {
      content: "q 300 0 0 300 100 400 cm /Scan Do Q",
      resources: "/XObject << /Scan 100 0 R >>"
    }
    const image = "<< /Type /XObject /Subtype /Image /Width 1 /Height 2 /ColorSpace /DeviceRGB /BitsPerComponent 8"
    const bytes = pdfFile({
      pages: [scan],
      objects: { 100: `${image} /Length 6 >>\nstream\n\u0000\u0000\u00ff\u00ff\u0000\u0000\nendstream` }
    })
    const { page, pixels } = await Effect.runPromise(
      Effect.scoped(
        Effect.gen(function* () {
          const { pages, render } = yield* openBytes(bytes)
          return { page: pages[0]!, pixels: yield* render(1) }
        })
      )
    )
    assert.lengthOf(page.words, 0)
    assert.lengthOf(page.images, 1)
    const [box] = page.images
    assert.closeTo(box!.x, 100 * perPoint, 0.5)
    assert.closeTo(box!.height, 300 * perPoint, 0.5)
    const middle = box!.x + box!.width / 2
    assert.deepStrictEqual(pixel(pixels, middle, box!.y + 20), [0, 0, 255])
    assert.deepStrictEqual(pixel(pixels, middle, box!.y + box!.height - 20), red)
  })

  it("refuses more pixels than the limit allows, and draws what fits", async () => {
    const limits = { imagePixels: 1_000_000 }
    const error = await render(redSquare, {}, limits).catch((cause: unknown) => cause)
    assert.propertyVal(error, "code", "image_too_large")
    const small = await render(redSquare, { scale: 0.5 }, limits)
    assert.strictEqual(small.data.length, small.widthPx * small.heightPx * 3)
  })
})
