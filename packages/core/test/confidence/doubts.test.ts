import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { type DoubtName, doubtMeanings, doubtsOf } from "../../src/confidence/doubts.ts"
import { type MadeRows, pageWith } from "../support/pages.ts"
import { anyScores, asRead, blocksOf, week } from "./documents.ts"

/** The names of the blocks of a made page that a doubt speaks against. */
const doubted = (name: DoubtName, page: Parameters<typeof blocksOf>[0]): ReadonlyArray<string> => {
  const blocks = blocksOf(page)
  const doubts = doubtsOf(blocks)
  return [...new Set(blocks.filter((_, i) => doubts[i]![name] > 0).map(({ draft }) => draft.name.value))]
}

const twoDays = (...lessons: ReadonlyArray<readonly [string, string, string]>): MadeRows => [
  ["", "Monday", "Tuesday"],
  ...lessons
]

describe("doubtsOf", () => {
  it("gives every doubt for every block, from 0 to 1", () => {
    fc.assert(
      fc.property(anyScores, (scores) => {
        for (const doubts of doubtsOf(blocksOf(asRead(pageWith(week), (_, index) => scores[index]!)))) {
          expect(Object.keys(doubts).toSorted()).toEqual(Object.keys(doubtMeanings).toSorted())
          for (const doubt of Object.values(doubts)) {
            expect(doubt).toBeGreaterThanOrEqual(0)
            expect(doubt).toBeLessThanOrEqual(1)
          }
        }
      }),
      { numRuns: 30 }
    )
  })

  it("finds hardly anything against a sound week", () => {
    const against = doubtsOf(blocksOf(pageWith(week))).flatMap((doubts) =>
      Object.entries(doubts).flatMap(([name, doubt]) => (doubt > 0.01 ? [name] : []))
    )
    expect(new Set(against)).toEqual(new Set(["nameRare"]))
  })

  it("doubts names that are no words", () => {
    const page = pageWith(
      twoDays(
        ["9:00 - 10:00", "Maths", "R00m talk"],
        ["10:00 - 11:00", "I Science", "scieNce"],
        ["11:00 - 12:00", "Art & Design", "Mus¢c"]
      )
    )
    expect(doubted("nameShape", page)).toEqual(["R00m talk", "I Science", "scieNce", "Mus¢c"])
  })

  it("doubts a word that stands nowhere else, and one that a more frequent one is like", () => {
    const page = pageWith(
      twoDays(
        ["9:00 - 10:00", "Maths", "Mathz"],
        ["10:00 - 11:00", "Science", "Maths"],
        ["11:00 - 12:00", "Maths", "Science"]
      )
    )
    expect(doubted("nameRare", page)).toEqual(["Mathz"])
    expect(doubted("nameNear", page)).toEqual(["Mathz"])
  })

  it("bears out an unsure word by the same one that is sure elsewhere", () => {
    const rows = twoDays(["9:00 - 10:00", "Maths", "Art"], ["10:00 - 11:00", "Art", "Drama"])
    let arts = 0
    const page = asRead(pageWith(rows), ({ text }) => ({
      confidence: text === "Drama" || (text === "Art" && arts++ === 0) ? 0.5 : 1
    }))
    expect(doubted("nameWords", page)).toEqual(["Art", "Drama"])
    expect(doubted("nameUnsupported", page)).toEqual(["Drama"])
  })

  it("doubts names in which something like a time is left", () => {
    const page = pageWith(twoDays(["9:00 - 10:00", "1452 30 Textiles", "Year 7"], ["10:00 - 11:00", "Art", "Maths"]))
    expect(doubted("nameClock", page)).toEqual(["1452 30 Textiles"])
  })

  it("doubts short names without an accent on pages read by OCR whose language has them", () => {
    const rows: MadeRows = [
      ["", "Lundi", "Mardi", "Jeudi"],
      ["9h00 - 10h00", "Etude", "Français", "Histoire-géographie"],
      ["10h00 - 11h00", "Education musicale", "Sport", "Étude"]
    ]
    expect(
      doubted(
        "nameAccents",
        asRead(pageWith(rows), () => ({ confidence: 1 }))
      )
    ).toEqual(["Etude", "Sport"])
    expect(doubted("nameAccents", pageWith(rows))).toEqual([])
  })

  it("doubts blocks that claim the same minutes, end at odd ones, or do not follow on another", () => {
    const page = pageWith(
      twoDays(
        ["9:00 - 10:00", "Maths", "Art"],
        ["10:00 - 11:00", "10:00 - 11:32\nMusic", "PE"],
        ["11:00 - 12:00", "Science", "Drama"]
      )
    )
    expect(doubted("overlap", page)).toEqual(["Music", "Science"])
    expect(doubted("oddMinute", page)).toEqual(["Music"])
    expect(doubted("looseStart", page)).toEqual(["Science"])
  })

  it("doubts what has no time where other blocks have one or no block has a period, and periods of which a number is missing", () => {
    const timed = pageWith(twoDays(["9:00 - 10:00", "Maths", "Art"], ["10:00 - 11:00", "Art", "Maths"]))
    const counted = pageWith(twoDays(["1", "Maths", "Art"], ["2", "Art", "Maths"], ["4", "PE", "Music"]))
    expect(doubted("startOpen", timed)).toEqual([])
    expect(doubted("periodGap", timed)).toEqual([])
    expect(doubted("startOpen", counted)).toEqual([])
    const untimed = blocksOf(pageWith(twoDays(["9:00 - 10:00", "Maths", "Art"]))).map((block) => ({
      ...block,
      draft: { ...block.draft, start: null, end: null }
    }))
    expect(doubtsOf(untimed).map(({ startOpen }) => startOpen)).toEqual([1, 1])
    expect(doubted("periodGap", counted)).toEqual(["Maths", "Art", "PE", "Music"])
  })

  it("doubts a page with words that became part of nothing", () => {
    const share = (corner: string): number => {
      const [, ...days] = week[0]!
      return doubtsOf(blocksOf(pageWith([[corner, ...days], ...week.slice(1)])))[0]!.pageUnexplained
    }
    expect(share("")).toBe(0)
    expect(share("Summer plan")).toBeGreaterThan(0.05)
  })
})
