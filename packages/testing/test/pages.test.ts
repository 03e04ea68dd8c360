import { assert, describe, it } from "vitest"
import { anotherLine, blankPage, inColour, lineOfText, mondayMaths } from "../src/index.ts"

describe("fixture pages", () => {
  it("hold as many bytes as their sizes say", () => {
    for (const image of [blankPage, mondayMaths.image, lineOfText.image, anotherLine.image, inColour(blankPage)]) {
      assert.strictEqual(image.data.length, image.widthPx * image.heightPx * image.channels)
    }
  })

  it("are black on white where they carry words, and white where they do not", () => {
    for (const { image } of [mondayMaths, lineOfText, anotherLine]) {
      assert.deepStrictEqual([Math.min(...image.data), Math.max(...image.data)], [0, 255])
    }
    assert.deepStrictEqual([...new Set(blankPage.data)], [255])
  })

  it("show two lines without a word in common", () => {
    assert.isEmpty(lineOfText.words.filter((word) => anotherLine.words.includes(word)))
  })
})
