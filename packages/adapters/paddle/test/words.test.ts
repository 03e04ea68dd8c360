import { assert, describe, it } from "@effect/vitest"
import { chooseDigits, mayLackDigits } from "../src/digits.ts"
import { type LineWord, wordsOf } from "../src/readLine.ts"

const seen = (text: string) =>
  [...text].map((character, index) => ({ text: character, probability: 0.9, from: 2 * index, to: 2 * index + 1 }))

const cut = (text: string, gaps: ReadonlyArray<number> = []) =>
  wordsOf(seen(text), { x: 100, width: 10 * 2 * text.length }, 10, gaps)

const read = (text: string, confidence = 0.9): ReadonlyArray<LineWord> =>
  text.split(" ").map((word) => ({ text: word, from: 0, to: 1, confidence }))

describe("wordsOf", () => {
  it("cuts at the spaces that the model saw, in pixels of the image", () => {
    assert.deepStrictEqual(
      cut("Art B").map(({ from, text, to }) => [text, from, to]),
      [
        ["Art", 100, 165],
        ["B", 165, 200]
      ]
    )
  })

  it("cuts at a gap where the model missed the space, and at both only once", () => {
    const texts = (text: string, gaps: ReadonlyArray<number>) => cut(text, gaps).map((word) => word.text)
    assert.deepStrictEqual(texts("ForestWalk", [100 + 20 * 6 - 5]), ["Forest", "Walk"])
    assert.deepStrictEqual(texts("Forest Walk", [100 + 20 * 6 + 5]), ["Forest", "Walk"])
  })

  it("leaves digits and their signs together, which stand apart in many fonts", () => {
    assert.deepStrictEqual(
      cut("11:20", [115, 135, 155]).map(({ text }) => text),
      ["11:20"]
    )
  })

  it("is as sure of a word as of its least sure character", () => {
    const characters = seen("Art").map((character, index) => ({ ...character, probability: [0.9, 0.4, 0.99][index]! }))
    assert.deepStrictEqual(
      wordsOf(characters, { x: 0, width: 60 }, 10, []).map(({ confidence }) => confidence),
      [0.4]
    )
  })

  it("gives no words for no characters", () => {
    assert.deepStrictEqual(cut(""), [])
    assert.deepStrictEqual(cut("  "), [])
  })
})

describe("mayLackDigits", () => {
  it.each([["9:30"], ["9:30 - 10:15"], ["12"], ["1120", 0.99], ["9:30 am"]] as const)(
    "says yes of %s",
    (...[text, confidence]) => assert.isTrue(mayLackDigits(read(text, confidence)))
  )
  it.each([["Maths"], ["Room 12"], ["-"], ["9:30 - 10:15", 0.99]] as const)("says no of %s", (...[text, confidence]) =>
    assert.isFalse(mayLackDigits(read(text, confidence)))
  )
})

describe("chooseDigits", () => {
  it.each([
    ["a time", "71:20", "11:20"],
    ["a range of times", "11:30 to 11:0", "11:30 to 11:00"],
    ["the digit that was dropped", "1:20", "11:20"]
  ])("takes %s from the stretched reading", (_, plain, stretched) => {
    assert.deepStrictEqual(chooseDigits(read(plain), read(stretched, 0.5)), read(stretched, 0.5))
  })

  it.each([
    ["a time", "9:30", "9.3O"],
    ["the word between two times", "9:30 to 10:15", "9:30 t0 10:15"],
    ["the surer reading of as many digits", "1", "7"]
  ])("keeps %s of the plain reading", (_, plain, stretched) => {
    assert.deepStrictEqual(chooseDigits(read(plain), read(stretched, 0.5)), read(plain))
  })
})
