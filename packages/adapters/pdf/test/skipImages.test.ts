import { assert, describe, it } from "vitest"
import { skipImages } from "../src/skipImages.ts"
import { perPoint, readOne } from "./reading.ts"

const bytesOf = (text: string) => new TextEncoder().encode(text)

describe("skipImages", () => {
  it("renames the codings of images and nothing else, in a copy", () => {
    const bytes = bytesOf("/Filter /DCTDecode /Filter [/FlateDecode /JPXDecode]")
    const copy = skipImages(bytes)
    assert.strictEqual(new TextDecoder().decode(copy), "/Filter /XCTDecode /Filter [/FlateDecode /XPXDecode]")
    assert.strictEqual(new TextDecoder().decode(bytes), "/Filter /DCTDecode /Filter [/FlateDecode /JPXDecode]")
  })

  it.each(["DCTDecode", "JPXDecode", "JBIG2Decode", "CCITTFaxDecode"])(
    "leaves an image coded by %s in its place",
    async (filter) => {
      const image = "/Type /XObject /Subtype /Image /Width 300 /Height 200 /ColorSpace /DeviceGray /BitsPerComponent 1"
      const { images } = await readOne(
        { content: "q 300 0 0 200 100 400 cm /Scan Do Q", resources: "/XObject << /Scan 100 0 R >>" },
        { objects: { 100: `<< ${image} /Filter /${filter} /Length 4 >>\nstream\nabcd\nendstream` } }
      )
      assert.lengthOf(images, 1)
      assert.closeTo(images[0]!.x, 100 * perPoint, 0.5)
      assert.closeTo(images[0]!.width, 300 * perPoint, 0.5)
    }
  )
})
