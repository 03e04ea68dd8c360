import { describe, expect, it } from "vitest"
import { isDark, pickLook } from "../src/layout/Look.ts"
import { layouts } from "../src/layout/registry.ts"
import { makeRandom } from "../src/Random.ts"
import type { Table } from "../src/sheet/Sheet.ts"
import { pickClockStyle } from "../src/week/clock.ts"
import { makeWeek } from "../src/week/SchoolWeek.ts"

/** The first look of each kind that chance gives: dark on light, and light on dark. */
const looks = [false, true].map((isNight) => {
  for (let seed = 0; ; seed++) {
    const look = pickLook(makeRandom(`look ${seed}`))
    if (isDark(look.paper) === isNight) return look
  }
})

/** What a layout writes in the ink of its own ground. */
const unreadableIn = (tables: ReadonlyArray<Table>, paper: string) =>
  tables.flatMap(({ cells }) =>
    cells.flatMap(({ fill, lines }) =>
      lines.flat().filter(({ color = "#000000" }) => isDark(color) === isDark(fill ?? paper))
    )
  )

describe("layouts", () => {
  it("write light on dark and dark on light, so that a reader sees every word that the truth holds", () => {
    for (const layout of layouts) {
      for (const look of looks) {
        const random = makeRandom(layout.id)
        const week = makeWeek(random.fork("week"), layout.needs)
        const { pages } = layout.print({ random, week, look, clock: pickClockStyle(random, week.language) })
        const tables = pages.flat().filter((block) => block.kind === "table")
        expect([layout.id, unreadableIn(tables, look.paper)]).toEqual([layout.id, []])
      }
    }
  })
})
