import { assert, describe, it } from "vitest"
import { needsPageImage } from "../../src/extraction/needsPageImage.ts"
import { page, wholePage, word } from "./pages.ts"

const words = (count: number, x: number, y: number) =>
  Array.from({ length: count }, (_, index) => word(`w${index}`, x, y))

describe("a page is read from its pixels", () => {
  it("where it is one image without words", () => {
    assert.isTrue(needsPageImage(page({ images: [wholePage] })))
  })

  it("where its writing is only drawn", () => {
    assert.isTrue(needsPageImage(page({ fills: [{ box: wholePage, color: "#FFFFFF" }] })))
  })

  it("where the scanner has left a few words on an image of the page", () => {
    assert.isTrue(needsPageImage(page({ images: [wholePage], words: words(4, 10, 980) })))
  })

  it("where its words stand beside the image that fills most of it", () => {
    const image = { x: 0, y: 300, width: 1000, height: 700 }
    assert.isTrue(needsPageImage(page({ images: [image], words: words(60, 10, 100) })))
  })
})

describe("a page is read from its pixels too", () => {
  it("where its words may lie below its image", () => {
    const below = words(60, 500, 500).map((one) => ({ ...one, confidence: 0.5 }))
    assert.isTrue(needsPageImage(page({ images: [wholePage], words: below })))
  })

  it("where its words are no writing", () => {
    const garbled = words(60, 500, 500).map((one, index) => ({ ...one, text: index % 2 ? "M@+hs" : "g1as5 $tu^y" }))
    assert.isTrue(needsPageImage(page({ words: garbled })))
    const shifted = words(60, 500, 500).map((one) => ({ ...one, text: "pdwkv" }))
    assert.isTrue(needsPageImage(page({ words: shifted })))
  })
})

describe("a page is read from its own words", () => {
  it("in any language and with codes of rooms and classes", () => {
    const read = [
      "Mathématiques",
      "B12",
      "10h15-11h05",
      "P1",
      "体育",
      "PSHE",
      "9.00am-10.00am",
      "Биология",
      "Art/Music",
      "iPad"
    ]
    assert.isFalse(
      needsPageImage(page({ words: words(60, 500, 500).map((one, i) => ({ ...one, text: read[i % 10]! })) }))
    )
  })

  it("where it is empty", () => {
    assert.isFalse(needsPageImage(page()))
  })

  it("where it has no image", () => {
    assert.isFalse(needsPageImage(page({ words: words(3, 10, 10) })))
  })

  it("where its images are logos", () => {
    const logo = { x: 0, y: 0, width: 200, height: 100 }
    assert.isFalse(needsPageImage(page({ images: Array.from({ length: 30 }, () => logo), words: words(3, 500, 500) })))
  })

  it("where a text layer lies over its image", () => {
    assert.isFalse(needsPageImage(page({ images: [wholePage], words: words(60, 500, 500) })))
  })
})
