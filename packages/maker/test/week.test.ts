import { assert, describe, it } from "@effect/vitest"
import * as fc from "fast-check"
import { makeRandom } from "../src/Random.ts"
import { printClock, printRange } from "../src/week/clock.ts"
import { makeWeek } from "../src/week/SchoolWeek.ts"

const weeks = fc.integer({ min: 0, max: 1_000_000 }).map((seed) => makeWeek(makeRandom(`${seed}`)))

describe("makeWeek", () => {
  it("keeps lessons apart, in their slots and out of breaks", () => {
    fc.assert(
      fc.property(weeks, ({ days, lessons, slots }) => {
        for (const day of days) {
          const ofDay = lessons.filter((lesson) => lesson.day === day)
          ofDay.forEach((lesson, index) => {
            assert.isBelow(lesson.start, lesson.end)
            assert.isAtLeast(lesson.start, slots[lesson.firstSlot]!.start)
            assert.isAtMost(lesson.end, slots[lesson.lastSlot]!.end)
            assert.isAtLeast(lesson.firstSlot, (ofDay[index - 1]?.lastSlot ?? -1) + 1)
            for (const slot of slots.slice(lesson.firstSlot, lesson.lastSlot + 1)) assert.isNull(slot.breakName)
          })
        }
      })
    )
  })

  it("lets slots follow each other within one school day", () => {
    fc.assert(
      fc.property(weeks, ({ slots }) => {
        slots.forEach((slot, index) => {
          assert.isAtLeast(slot.start, slots[index - 1]?.end ?? 7 * 60)
          assert.isBelow(slot.start, slot.end)
        })
        assert.isAtMost(slots.at(-1)!.end, 20 * 60)
      })
    )
  })

  it("gives what all days share to every day at the same time", () => {
    fc.assert(
      fc.property(weeks, ({ days, lessons }) => {
        const shared = lessons.filter(({ everyDay }) => everyDay)
        assert.include([0, days.length], shared.length)
        assert.isAtMost(new Set(shared.map(({ name, start, end }) => `${name} ${start} ${end}`)).size, 1)
      })
    )
  })
})

describe("printRange", () => {
  const style = {
    hours: 12,
    separator: ".",
    marker: "last",
    markerText: "am",
    padded: false,
    dropsZeroMinutes: true,
    dash: "-"
  } as const

  it("prints a shared marker once, and both where noon lies between", () => {
    assert.strictEqual(printRange(style, 9 * 60, 9 * 60 + 30), "9-9.30am")
    assert.strictEqual(printRange(style, 11 * 60 + 30, 12 * 60 + 15), "11.30am-12.15pm")
  })

  it("prints noon as twelve", () => {
    assert.strictEqual(printClock({ ...style, marker: "each" }, 12 * 60), "12pm")
    assert.strictEqual(
      printClock({ ...style, hours: 24, marker: "none", separator: "h", dropsZeroMinutes: false }, 13 * 60 + 5),
      "13h05"
    )
  })
})
