import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import { judgedParts } from "../../src/confidence/Calibration.ts"
import type { ReadBlock } from "../../src/confidence/ReadBlock.ts"
import type { Word } from "../../src/document/Page.ts"
import { confidenceAlone, confidencesOf, documentConfidence } from "../../src/timetable/confidence.ts"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { pageWith } from "../support/pages.ts"
import { anyScores, asRead, blocksOf, readBy, week } from "./documents.ts"

/** The same blocks with every word as `change` leaves it. */
const withWords = (blocks: ReadonlyArray<ReadBlock>, change: (word: Word) => Word): ReadonlyArray<ReadBlock> => {
  const pages = new Map(blocks.map(({ page }) => [page, { ...page, words: page.words.map(change) }]))
  const field = <F extends { readonly words: ReadonlyArray<Word> } | null>(of: F): F =>
    of === null ? of : { ...of, words: of.words.map(change) }
  return blocks.map(({ draft, page }) => ({
    page: pages.get(page)!,
    draft: {
      ...draft,
      day: field(draft.day),
      start: field(draft.start),
      end: field(draft.end),
      name: field(draft.name)
    }
  }))
}

describe("confidencesOf", () => {
  it("is never raised by noise: neither by words read with less confidence nor by engines that differ", () => {
    const noise = fc.array(fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), differs: fc.boolean() }), {
      minLength: 30,
      maxLength: 30
    })
    fc.assert(
      fc.property(anyScores, noise, (scores, changes) => {
        const blocks = blocksOf(asRead(pageWith(week), (_, index) => scores[index]!))
        const places = new Map(blocks[0]!.page.words.map((word, index) => [JSON.stringify(word.box), index]))
        const noisy = withWords(blocks, (word) => {
          const { differs, share } = changes[places.get(JSON.stringify(word.box))!]!
          const agreement = word.agreement !== undefined && differs ? { agreement: false } : {}
          return { ...word, confidence: word.confidence * share, ...agreement }
        })
        const [before, after] = [confidencesOf(blocks), confidencesOf(noisy)]
        expect(after.document).toBeLessThanOrEqual(before.document)
        after.blocks.forEach((block, i) => {
          for (const part of judgedParts) expect(block[part]).toBeLessThanOrEqual(before.blocks[i]![part])
        })
      }),
      { numRuns: 50 }
    )
  })

  it("is low for a block that would end before it starts, however well it was read", () => {
    const [first, ...others] = blocksOf(pageWith(week))
    const { end, start } = first!.draft
    const turned = { ...first!, draft: { ...first!.draft, start: end, end: start } }
    const [before, after] = [confidencesOf([first!, ...others]), confidencesOf([turned, ...others])]
    expect(after.blocks[0]!.block).toBeLessThanOrEqual(0.1)
    expect(after.document).toBeLessThan(before.document)
  })

  it("lies between 0 and 1, and no field is less sure than its block", () => {
    fc.assert(
      fc.property(anyScores, (scores) => {
        const { blocks, document } = confidencesOf(blocksOf(asRead(pageWith(week), (_, index) => scores[index]!)))
        for (const block of blocks) {
          for (const part of judgedParts) {
            expect(block[part]).toBeGreaterThanOrEqual(block.block)
            expect(block[part]).toBeLessThanOrEqual(1)
          }
          expect(block.block).toBeGreaterThanOrEqual(0)
        }
        expect(document).toBeGreaterThanOrEqual(0)
        expect(document).toBeLessThanOrEqual(1)
      }),
      { numRuns: 30 }
    )
  })

  it("accepts a sound week, be it printed, read well by one engine, or read alike by two", () => {
    const both = asRead(pageWith(week), () => ({ confidence: 0.99, agreement: true }))
    for (const page of [pageWith(week), readBy("tesseract.js@7"), both]) {
      expect(confidencesOf(blocksOf(page)).document).toBeGreaterThanOrEqual(0.98)
    }
  })

  it("refuses a week of which two engines read every second word differently", () => {
    const page = asRead(pageWith(week), (_, index) => ({ confidence: 0.7, agreement: index % 2 === 0 }))
    expect(confidencesOf(blocksOf(page)).document).toBeLessThan(0.98)
  })

  it("doubts a printed document too where its blocks contradict each other", () => {
    const { timeblocks, warnings } = interpretPages([
      pageWith([
        ["", "Monday", "Tuesday"],
        ["9:00 - 10:00", "10:30 - 11:15\nMaths", "Art"],
        ["10:00 - 11:00", "Music", "PE"],
        ["11:00 - 12:00", "Games", "Drama"]
      ])
    ])
    const of = (name: string) => timeblocks.find((block) => block.name === name)!.confidence
    expect(warnings.map(({ code }) => code)).toContain("overlap")
    expect(of("Maths")).toBeLessThan(of("Drama"))
  })

  it("takes the confidence of an engine that was not measured for nothing", () => {
    const blocks = blocksOf(readBy("new@1"))
    expect(confidencesOf(withWords(blocks, (word) => ({ ...word, confidence: 0.4 })))).toEqual(confidencesOf(blocks))
  })

  it("has no confidence in nothing", () => {
    expect(confidencesOf([])).toEqual({ blocks: [], suspicions: [], document: 0 })
    expect(documentConfidence([])).toBe(0)
  })
})

describe("confidenceAlone", () => {
  it("never accepts what was put together otherwise, however sure its words are", () => {
    for (const block of blocksOf(pageWith(week))) expect(confidenceAlone(block).block).toBeLessThan(0.98)
  })
})
