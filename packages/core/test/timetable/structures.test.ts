import { describe, expect, it } from "vitest"
import type { Page } from "../../src/document/Page.ts"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { blankPage, drawTable, type MadeRows, pageWith, wordsAt } from "../support/pages.ts"

const lessonsOf = (...pages: ReadonlyArray<Page>) =>
  interpretPages(pages).timeblocks.map(({ className, dayOfWeek, endTime, name, startTime, week }) =>
    [dayOfWeek?.slice(0, 3) ?? "?", `${startTime ?? "?"}-${endTime ?? "?"}`, name, week, className]
      .filter((part) => part !== null)
      .join(" ")
  )
const read = (rows: MadeRows) => lessonsOf(pageWith(rows, "", { columnWidth: 260 }))

describe("a cycle of two weeks", () => {
  it("is named beside the days of columns", () => {
    expect(
      read([
        ["", "Mon (A)", "Mon (B)", "Tue (A)", "Tue (B)"],
        ["9:00 - 10:00", "Art", "PE", "Art", "Art"],
        ["10:00 - 10:20", { text: "Break", columnSpan: 4 }, null, null, null]
      ])
    ).toEqual([
      "Mon 09:00-10:00 Art A",
      "Mon 09:00-10:00 PE B",
      "Mon 10:00-10:20 Break",
      "Tue 09:00-10:00 Art A",
      "Tue 09:00-10:00 Art B",
      "Tue 10:00-10:20 Break"
    ])
  })

  it("is named in a column beside days of two rows each", () => {
    expect(
      read([
        ["Day", "Week", "9:00 - 10:00", "10:00 - 10:20"],
        [{ text: "Mon", rowSpan: 2 }, "A", "Art", { text: "Break", rowSpan: 4 }],
        [null, "B", "PE", null],
        [{ text: "Tue", rowSpan: 2 }, "A", "Maths", null],
        [null, "B", "Maths", null]
      ])
    ).toEqual([
      "Mon 09:00-10:00 Art A",
      "Mon 09:00-10:00 PE B",
      "Mon 10:00-10:20 Break",
      "Tue 09:00-10:00 Maths A",
      "Tue 09:00-10:00 Maths B",
      "Tue 10:00-10:20 Break"
    ])
  })

  it("is marked line by line within a cell", () => {
    expect(
      read([
        ["", "Monday", "Tuesday"],
        ["9:00 - 10:00", "A: Art\nB: PE", "Wk A Music\nWk B Maths"],
        ["10:00 - 11:00", "Week B: Choir", "A Midsummer Night"]
      ])
    ).toEqual([
      "Mon 09:00-10:00 Art A",
      "Mon 09:00-10:00 PE B",
      "Mon 10:00-11:00 Choir B",
      "Tue 09:00-10:00 Music A",
      "Tue 09:00-10:00 Maths B",
      "Tue 10:00-11:00 A Midsummer Night"
    ])
  })

  it("is named in the corner of each table, or above it", () => {
    const week = (corner: string): MadeRows => [
      [corner, "Monday", "Tuesday"],
      ["9:00 - 10:00", "Art", "Maths"],
      ["10:00 - 11:00", "PE", "Music"]
    ]
    const pages = [pageWith(week("Week A")), { ...pageWith(week("Time"), "Year 7 – Week B"), pageNumber: 2 }]
    expect(lessonsOf(...pages).filter((lesson) => lesson.startsWith("Mon 09"))).toEqual([
      "Mon 09:00-10:00 Art A",
      "Mon 09:00-10:00 Art B"
    ])
  })

  it("is none where a day stands once and letters name something else", () => {
    expect(
      read([
        ["", "Mon (A)", "Tue (B)"],
        ["9:00 - 10:00", "Art", "PE"],
        ["10:00 - 11:00", "", "Music"]
      ])
    ).toEqual(["Mon 09:00-10:00 Art", "Tue 09:00-10:00 PE", "Tue 10:00-11:00 Music"])
  })
})

describe("periods", () => {
  const grid: MadeRows = [
    ["", "1", "", "2"],
    ["Mon", "Art", "Break", "PE"],
    ["Tue", { text: "Maths", columnSpan: 3 }, null, null]
  ]
  const expected = ["Mon 09:00-10:00 Art", "Mon 10:00-10:15 Break", "Mon 10:15-11:15 PE", "Tue 09:00-11:15 Maths"]

  it("are when the lines of a key say", () => {
    expect(
      lessonsOf(
        pageWith(grid, "Period 1: 9:00 - 10:00\nBreak: 10:00 - 10:15\nPeriod 2: 10:15 - 11:15", { y: 200 })
      ).toSorted()
    ).toEqual(expected)
  })

  it("are when a table that is their key says, also on another page", () => {
    const key = pageWith([
      ["Period 1", "9:00 - 10:00"],
      ["Break", "10:00 - 10:15"],
      ["Period 2", "10:15 - 11:15"]
    ])
    expect(lessonsOf(pageWith(grid), { ...key, pageNumber: 2 }).toSorted()).toEqual(expected)
  })

  it("are when a table of periods side by side says, each above its time", () => {
    const bells = drawTable(
      [
        ["P1", "P2"],
        ["8:30-9:20", "1:25-2:15"]
      ],
      { y: 700 }
    )
    const { words, ...page } = pageWith([
      ["", "Monday", "Tuesday"],
      ["P1", "Art", "Maths"],
      ["P2", "PE", "Music"]
    ])
    const read = lessonsOf({ ...page, words: [...words, ...bells.words], rules: [...page.rules, ...bells.rules] })
    expect(read).toEqual([
      "Mon 08:30-09:20 Art",
      "Mon 13:25-14:15 PE",
      "Tue 08:30-09:20 Maths",
      "Tue 13:25-14:15 Music"
    ])
  })

  it("stay without a time where no key says", () => {
    expect(lessonsOf(pageWith(grid))[0]).toBe("Mon ?-? Art")
  })
})

describe("a day and a time together", () => {
  it("say when each lesson of a list is, first or last in its row", () => {
    const expected = ["Mon 09:00-09:45 Art", "Mon 10:00-10:45 PE", "Wed 09:00-09:45 Maths"]
    expect(
      read([
        ["When", "What"],
        ["Monday 9:00 - 9:45", "Art"],
        ["Monday 10:00 - 10:45", "PE"],
        ["Wednesday 9:00 - 9:45", "Maths"]
      ])
    ).toEqual(expected)
    expect(
      read([
        ["Subject", "Room", "Day / Time"],
        ["Art", "B12", "Mon: 9:00 - 9:45"],
        ["PE", "Gym", "Mon: 10:00 - 10:45"],
        ["Maths", "B13", "Wed: 9:00 - 9:45"]
      ])
    ).toEqual(expected)
  })
})

describe("classes side by side", () => {
  it("are named by what heads their columns", () => {
    const rows: MadeRows = [
      ["Time", "4A", "4B"],
      ["9:00 - 10:00", "Art", "Art"],
      ["10:00 - 10:20", { text: "Break", columnSpan: 2 }, null]
    ]
    expect(lessonsOf(pageWith(rows, "Monday"))).toEqual([
      "Mon 09:00-10:00 Art 4A",
      "Mon 09:00-10:00 Art 4B",
      "Mon 10:00-10:20 Break"
    ])
  })
})

describe("a scale of hours", () => {
  const hours = drawTable([[""], ["9:00"], ["10:00"], ["11:00"]], { columnWidth: 200, rowHeight: 120 })
  const days = drawTable([["Monday", "Tuesday"]], { x: 240, rowHeight: 120 })
  const onDay = (x: number) => (text: string, minutes: number, length: number) =>
    drawTable([[text]], { x, y: 220 + 2 * (minutes - 540), rowHeight: 2 * length })
  const [onMonday, onTuesday] = [onDay(240), onDay(440)]
  const blocksOf = (lessons: ReadonlyArray<ReturnType<typeof onMonday>>) => {
    const parts = [hours, days, ...lessons]
    const words = parts.flatMap((part) => part.words)
    return interpretPages([{ ...blankPage, words, rules: parts.flatMap(({ rules }) => rules) }]).timeblocks
  }
  const shown = (blocks: ReturnType<typeof blocksOf>) =>
    blocks.map(({ endTime, name, startTime }) => `${startTime}-${endTime} ${name}`)

  it("tells by place when lessons begin and end between its marks", () => {
    const blocks = blocksOf([
      onMonday("Art", 540, 50),
      onMonday("PE", 590, 70),
      onMonday("Maths", 660, 60),
      onTuesday("Music", 565, 65),
      onTuesday("Drama", 630, 90)
    ])
    expect(shown(blocks)).toEqual([
      "09:00-09:50 Art",
      "09:50-11:00 PE",
      "11:00-12:00 Maths",
      "09:25-10:30 Music",
      "10:30-12:00 Drama"
    ])
    expect(blocks[1]?.evidence.start?.rule).toBe("time-scale")
  })

  it("tells lessons that begin five minutes after a mark from those at it", () => {
    const blocks = blocksOf([
      onMonday("Art", 545, 60),
      onMonday("PE", 605, 55),
      onMonday("Maths", 660, 60),
      onTuesday("Music", 545, 120),
      onTuesday("Drama", 665, 55)
    ])
    expect(shown(blocks)).toEqual([
      "09:05-10:05 Art",
      "10:05-11:00 PE",
      "11:00-12:00 Maths",
      "09:05-11:05 Music",
      "11:05-12:00 Drama"
    ])
  })
})

describe("a scale of hours of which every second border is missing", () => {
  const hours = ["8:00", "9:00", "10:00", "11:00", "12:00", "13:00", "14:00"]
  const times = [510, 570, 595, 645, 705, 755, 875]
  const names = ["Art", "Break", "PE", "Maths", "Lunch", "Music"]
  const xAt = (minutes: number): number => 240 + 2 * (minutes - 480)
  const lesson = (text: string, y: number, from: number, to: number) =>
    drawTable([[text]], { x: xAt(from), y, columnWidth: xAt(to) - xAt(from) })
  const lessons = [190, 280].flatMap((y) => names.map((name, i) => lesson(name, y, times[i]!, times[i + 1]!)))
  const pageOf = (placeOf: (hour: number) => number): Page => {
    const parts = [
      drawTable([["", "", "", ""]], { x: 240, columnWidth: 240 }),
      drawTable([[""], ["Monday"], ["Tuesday"]]),
      ...lessons
    ]
    const words = parts.flatMap((part) => part.words)
    return {
      ...blankPage,
      words: [...words, ...hours.flatMap((text, hour) => wordsAt(text, placeOf(hour) + 6, 106))],
      rules: parts.flatMap(({ rules }) => rules)
    }
  }
  const day = [
    "08:30-09:30 Art",
    "09:30-09:55 Break",
    "09:55-10:45 PE",
    "10:45-11:45 Maths",
    "11:45-12:35 Lunch",
    "12:35-14:35 Music"
  ]
  const expected = ["Mon", "Tue"].flatMap((name) => day.map((text) => `${name} ${text}`))

  it("is read by where its hours are printed", () => {
    expect(lessonsOf(pageOf((hour) => xAt(480 + 60 * hour)))).toEqual(expected)
  })

  it("is read although OCR misread one of its hours", () => {
    const page = pageOf((hour) => xAt(480 + 60 * hour))
    const words = page.words.map((word) => ({
      ...word,
      source: "ocr" as const,
      text: word.text === "10:00" ? "16:00" : word.text
    }))
    expect(lessonsOf({ ...page, words })).toEqual(expected)
  })

  it("is no scale where its hours are printed side by side, as ranges are", () => {
    const sideBySide = (hour: number) => xAt(480 + 120 * Math.floor(hour / 2)) + 70 * (hour % 2)
    expect(lessonsOf(pageOf(sideBySide))).not.toEqual(expected)
  })
})

describe("a bar of hours that nothing parts", () => {
  const hours = ["8:00", "9:00", "10:00", "11:00", "12:00", "1:00", "2:00", "3:00"]
  const lessons = [
    ["Art", 495, 615],
    ["Lunch", 615, 655],
    ["Music", 655, 775],
    ["Maths", 775, 895]
  ] as const
  const expected = ["Mon", "Tue"].flatMap((day) =>
    ["08:15-10:15 Art", "10:15-10:55 Lunch", "10:55-12:55 Music", "12:55-14:55 Maths"].map((text) => `${day} ${text}`)
  )
  const at = (minutes: number): number => 240 + 2 * (minutes - 480)
  const pageOf = (parts: ReadonlyArray<Pick<Page, "words" | "rules">>, times: Page["words"]): Page => ({
    ...blankPage,
    heightPx: 2000,
    words: [...parts.flatMap(({ words }) => words), ...times],
    rules: parts.flatMap(({ rules }) => rules)
  })

  it("is a scale across, though fewer borders stand along it than hours", () => {
    const page = pageOf(
      [
        drawTable([[""]], { x: 240, columnWidth: 960 }),
        drawTable([[""], ["Monday"], ["Tuesday"]]),
        ...[190, 280].flatMap((y) =>
          lessons.map(([name, from, to]) => drawTable([[name]], { x: at(from), y, columnWidth: 2 * (to - from) }))
        )
      ],
      hours.flatMap((text, hour) => wordsAt(text, at(480 + 60 * hour) + 6, 106))
    )
    expect(lessonsOf(page)).toEqual(expected)
  })

  it("is a scale whose first hour was not read, where there is room for it", () => {
    const across = lessons.map(([name, from, to]) => [name, at(from), 2 * (to - from)] as const)
    const page = pageOf(
      [
        drawTable([[""]], { x: 240, columnWidth: 960 }),
        drawTable([[""], ["Monday"], ["Tuesday"]]),
        ...[190, 280].flatMap((y) => across.map(([name, x, columnWidth]) => drawTable([[name]], { x, y, columnWidth })))
      ],
      hours.flatMap((text, hour) => (hour === 0 ? [] : wordsAt(text, at(480 + 60 * hour) + 6, 106)))
    )
    expect(lessonsOf(page)).toEqual(expected)
  })

  it("is a scale downwards, though fewer borders stand along it than hours", () => {
    const page = pageOf(
      [
        drawTable([[""]], { y: 240, rowHeight: 960 }),
        drawTable([["", "Monday", "Tuesday"]], { y: 150 }),
        ...[240, 440].flatMap((x) =>
          lessons.map(([name, from, to]) => drawTable([[name]], { x, y: at(from), rowHeight: 2 * (to - from) }))
        )
      ],
      hours.flatMap((text, hour) => wordsAt(text, 46, at(480 + 60 * hour) + 6))
    )
    expect(lessonsOf(page)).toEqual(expected)
  })

  it("is no scale where its hours stand unevenly", () => {
    const page = pageOf(
      [
        drawTable([[""]], { x: 240, columnWidth: 960 }),
        drawTable([[""], ["Monday"], ["Tuesday"]]),
        ...[190, 280].flatMap((y) =>
          lessons.map(([name, from, to]) => drawTable([[name]], { x: at(from), y, columnWidth: 2 * (to - from) }))
        )
      ],
      hours.flatMap((text, hour) => wordsAt(text, at(480 + 60 * hour) + 6 + 30 * (hour % 2), 106))
    )
    expect(lessonsOf(page)).not.toEqual(expected)
  })
})

describe("a table that nothing draws", () => {
  it("has a break over all days where it stands alone in the middle of its row", () => {
    const columns = [40, 300, 500, 700, 900, 1100]
    const rows = [
      ["", "Mon", "Tue", "Wed", "Thu", "Fri"],
      ["9:00-10:00", "Art", "PE", "Music", "Drama", "Maths"],
      ["10:00-10:20", "", "", "Break", "", ""],
      ["10:20-11:20", "PE", "Art", "Maths", "Music", "Drama"]
    ]
    const words = rows.flatMap((row, at) =>
      row.flatMap((text, i) => (text === "" ? [] : wordsAt(text, columns[i]!, 40 + 60 * at)))
    )
    expect(lessonsOf({ ...blankPage, words }).filter((lesson) => lesson.endsWith("Break"))).toHaveLength(5)
  })

  const columns = [40, 300, 500, 700, 900, 1100]
  const laidOut = (rows: ReadonlyArray<ReadonlyArray<string>>): Page => ({
    ...blankPage,
    words: rows.flatMap((row, at) =>
      row.flatMap((text, i) => (text === "" ? [] : wordsAt(text, columns[i]!, 40 + 60 * at)))
    )
  })
  const headers = ["Time", "Mon", "Tue", "Wed", "Thu", "Fri"]

  it("has a lesson of all days there where days are seldom free", () => {
    const page = laidOut([
      headers,
      ["9:00-10:00", "Art", "PE", "Maths", "Music", ""],
      ["10:00-11:00", "", "", "Choir", "", ""],
      ["11:00-12:00", "PE", "", "Maths", "Music", "Drama"]
    ])
    expect(lessonsOf(page).filter((lesson) => lesson.endsWith("Choir"))).toHaveLength(5)
  })

  it("has a lesson of the middle day there where most days are free", () => {
    const page = laidOut([
      headers,
      ["9:00-10:00", "Art", "PE", "", "", ""],
      ["10:00-11:00", "", "", "Choir", "", ""],
      ["11:00-12:00", "", "", "", "Music", "Drama"]
    ])
    expect(lessonsOf(page).filter((lesson) => lesson.endsWith("Choir"))).toEqual(["Wed 10:00-11:00 Choir"])
  })
})

describe("a header of a table that nothing draws", () => {
  const columns = [40, 300, 500]
  const lines = (texts: ReadonlyArray<string>, y: number) =>
    texts.flatMap((text, i) => (text === "" ? [] : wordsAt(text, columns[i]!, y)))
  const pageOf = (first: string, second: string): Page => ({
    ...blankPage,
    words: [
      ...lines(["Time", "Mon", "Tue"], 40),
      ...lines([first, "Art", "PE"], 120),
      ...lines([second, "Ms Ives", "Mr Amos"], 148),
      ...lines(["10:00-11:00", "PE", "Art"], 230),
      ...lines(["", "Mr Amos", "Ms Ives"], 258)
    ]
  })
  const lessons = ["Mon 09:00-10:00 Art", "Mon 10:00-11:00 PE", "Tue 09:00-10:00 PE", "Tue 10:00-11:00 Art"]

  it("may go on below, with an am or the end of its range", () => {
    expect(lessonsOf(pageOf("9:00 - 10:00", "a.m."))).toEqual(lessons)
    expect(lessonsOf(pageOf("9:00 -", "10:00"))).toEqual(lessons)
  })
})

describe("a header that says more than its time", () => {
  it("is what all days do whose cells it leaves empty", () => {
    const lessons = read([
      ["", "Mon", "Tue"],
      ["9:00-10:00", "Art", "PE"],
      ["Morning Tea\n10:00-10:20", "", ""],
      ["10:20-11:20", "PE", "Art"]
    ])
    expect(lessons).toContain("Mon 10:00-10:20 Morning Tea")
    expect(lessons).toContain("Tue 10:00-10:20 Morning Tea")
  })

  it("is a break by its name where all headers say more", () => {
    const lessons = read([
      ["", "Mon", "Tue"],
      ["Red 9:00-10:00", "Art", "PE"],
      ["Lunch 10:00-10:20", "", ""],
      ["Blue 10:20-11:20", "", ""],
      ["Green 11:20-12:20", "PE", "Art"]
    ])
    expect(lessons.filter((lesson) => lesson.endsWith("Lunch"))).toHaveLength(2)
    expect(lessons.filter((lesson) => lesson.endsWith("Blue"))).toEqual([])
  })
})

describe("what stands beyond the last time", () => {
  it("is no lesson, such as who is on duty", () => {
    const rows = [
      ["", "9:00-10:00", "10:00-11:00", "On duty"],
      ["Mon", "Art", "PE", "Ms Ives"],
      ["Tue", "PE", "Art", "Mr Amos"]
    ]
    expect(read(rows)).toHaveLength(4)
    expect(read(rows.map((_, i) => rows.map((row) => row[i] ?? "")))).toHaveLength(4)
  })
})

describe("headers that come again within a table", () => {
  it("begin the other half of a week", () => {
    const lessons = read([
      ["", "Mon", "Tue"],
      ["9:00-10:00", "Art", "PE"],
      ["10:00-11:00", "PE", "Art"],
      ["", "Wed", "Thu"],
      ["9:00-10:00", "Music", "Drama"],
      ["10:00-11:00", "Drama", "Music"]
    ])
    expect(lessons).toHaveLength(8)
    expect(lessons).toContain("Thu 10:00-11:00 Music")
  })

  it("begin a shorter half of each day", () => {
    const lessons = read([
      ["", "9:00-10:00", "10:00-11:00", "11:00-12:00", "12:00-13:00"],
      ["Mon", "Art", "PE", "Maths", "Lunch"],
      ["Tue", "PE", "Art", "Maths", "Lunch"],
      ["", "13:00-14:00", "14:00-15:00", "", ""],
      ["Mon", "Music", "Drama", "", ""],
      ["Tue", "Drama", "Music", "", ""]
    ])
    expect(lessons).toHaveLength(12)
    expect(lessons).toContain("Mon 14:00-15:00 Drama")
  })

  it("begin the other half of each day", () => {
    const lessons = read([
      ["", "9:00-10:00", "10:00-11:00"],
      ["Mon", "Art", "PE"],
      ["Tue", "PE", "Art"],
      ["", "13:00-14:00", "14:00-15:00"],
      ["Mon", "Music", "Drama"],
      ["Tue", "Drama", "Music"]
    ])
    expect(lessons).toHaveLength(8)
    expect(lessons).toContain("Tue 14:00-15:00 Music")
  })
})

describe("a word that is broken over lines", () => {
  it("is one word, with a hyphen or without, wherever it stands", () => {
    const narrow = { columnWidth: 80 }
    const rows = [
      ["", "9-10", "10-11"],
      ["Mon", "Orches-\ntra", "Swimmi\nng"],
      ["Tue", "Swimmi\nng", "Art"]
    ]
    const names = lessonsOf(pageWith(rows, "", narrow)).map((lesson) => lesson.split(" ").slice(2).join(" "))
    expect(names).toEqual(["Orchestra", "Swimming", "Swimming", "Art"])
  })

  it("is a day too, in small letters and in capitals, and no range of days", () => {
    const days = ["WEDNES-\nDAY", "Thurs\nday"].map((day) =>
      read([
        ["", "9-10", "10-11"],
        ["Mon", "Art", "PE"],
        [day, "PE", ""]
      ])
    )
    expect(days.map((lessons) => lessons.at(-1))).toEqual(["Wed 09:00-10:00 PE", "Thu 09:00-10:00 PE"])
    expect(
      read([
        ["", "9-10", "10-11"],
        ["MON-\nFRI", "Art", "PE"],
        ["Sat", "Chess", ""]
      ])
    ).toHaveLength(11)
  })
})

describe("a row a class", () => {
  it("is named by what heads it", () => {
    const lessons = lessonsOf(
      pageWith(
        [
          ["", "9:00-10:00", "10:00-11:00"],
          ["4B", "Art", "Music"],
          ["4C", "Chess", "Music"]
        ],
        "Tuesday",
        { columnWidth: 260 }
      )
    )
    expect(lessons).toContain("Tue 10:00-11:00 Music 4B")
    expect(lessons).toContain("Tue 10:00-11:00 Music 4C")
  })
})

describe("a table of which only the shading of its headers is drawn", () => {
  const columns = [40, 300, 500, 700]
  const rows = [
    ["Time", "Mon", "Tue", "Wed"],
    ["9:00-10:00", "Art", "PE", "Music"],
    ["10:00-11:00", "PE", "Drama", "Art"],
    ["11:00-12:00", "Maths", "Choir", "PE"]
  ]
  const words = rows.flatMap((row, at) => row.flatMap((text, i) => wordsAt(text, columns[i]!, 40 + 60 * at)))
  const edges = (orientation: "horizontal" | "vertical", positions: ReadonlyArray<number>, to: number) =>
    positions.map((position) => ({ orientation, position, from: 20, to, thickness: 1 }))
  const rules = [...edges("horizontal", [20, 80, 300], 860), ...edges("vertical", [20, 240, 860], 300)]

  it("is read by how its words align", () => {
    expect(lessonsOf({ ...blankPage, words, rules })).toEqual(lessonsOf({ ...blankPage, words }))
    expect(lessonsOf({ ...blankPage, words, rules })).toContain("Tue 10:00-11:00 Drama")
  })

  it("leaves the ruled tables beside it as they are", () => {
    const ruled = drawTable(
      [
        ["", "Thu", "Fri"],
        ["13:00-14:00", "Chess", "Choir"],
        ["14:00-15:00", "Choir", "Chess"]
      ],
      { y: 600, columnWidth: 260 }
    )
    const page = { ...blankPage, words: [...words, ...ruled.words], rules: [...rules, ...ruled.rules] }
    expect(lessonsOf(page)).toContain("Thu 13:00-14:00 Chess")
    expect(lessonsOf(page)).toContain("Wed 11:00-12:00 PE")
  })
})

describe("a text half-way between two rows that nothing draws", () => {
  it("is a lesson of both", () => {
    const rows = [
      ["Mon", "Tue", "Wed"],
      ["9:00-10:00", "Art", "", "Music"],
      ["10:00-11:00", "PE", "", "Drama"],
      ["11:00-12:00", "Maths", "Choir", "Art"]
    ]
    const words = rows.flatMap((row, at) =>
      row.flatMap((text, i) => (text === "" ? [] : wordsAt(text, 40 + 240 * (i + (at === 0 ? 1 : 0)), 40 + 80 * at)))
    )
    const between = wordsAt("Swimming", 520, 160)
    expect(lessonsOf({ ...blankPage, words: [...words, ...between] })).toContain("Tue 09:00-11:00 Swimming")
  })
})

describe("a bar of headers", () => {
  it("is cut at the columns below where no word crosses their borders", () => {
    const body = drawTable([
      ["Mon", "Art", "PE", "Music"],
      ["Tue", "Maths", "Art", "Drama"]
    ])
    const bar = drawTable([[{ text: "", columnSpan: 4 }, null, null, null]], { y: 10 })
    const times = [
      ...wordsAt("9:00 - 10:30", 262, 40, 26),
      ...wordsAt("10:30 - 11:00", 442, 40, 29),
      ...wordsAt("11:00 - 12:30", 644, 40, 28)
    ]
    const page = { ...blankPage, words: [...times, ...body.words], rules: [...bar.rules, ...body.rules] }
    expect(lessonsOf(page)).toContain("Tue 10:30-11:00 Art")
  })
})

describe("a column of headers that nothing parts", () => {
  const read = (times: ReadonlyArray<string>) => {
    const table = drawTable([
      ["", "Mon", "Tue"],
      [{ text: "", rowSpan: 3 }, "Art", "Maths"],
      [null, "PE", "Maths"],
      [null, "Music", "Maths"],
      ["11:00 - 12:00", "Choir", "Drama"]
    ])
    const rows = table.rules.filter(({ orientation }) => orientation === "horizontal").map(({ position }) => position)
    const edges = [...new Set(rows)].toSorted((a, b) => a - b)
    const written = times.flatMap((text, i) => wordsAt(text, 44, edges[i + 1]! + 4, 30))
    return lessonsOf({ ...blankPage, words: [...table.words, ...written], rules: table.rules }).slice(0, 3)
  }

  it("is cut at the rows beside it where each holds a start over an end", () => {
    expect(read(["8:15\n8:55", "8:55\n9:35", "9:35\n10:15"])).toEqual([
      "Mon 08:15-08:55 Art",
      "Mon 08:55-09:35 PE",
      "Mon 09:35-10:15 Music"
    ])
  })

  it("stays whole where it holds one range", () => {
    expect(read(["8:15 -", "", "10:15"])).toEqual([
      "Mon 08:15-10:15 Art",
      "Mon 08:15-10:15 PE",
      "Mon 08:15-10:15 Music"
    ])
  })
})

describe("headers of days", () => {
  it("may list days, a week anew in each", () => {
    expect(
      read([
        ["", "M/W/F", "T/Th"],
        ["9:00 - 10:00", "Art", "Maths"],
        ["10:00 - 11:00", "PE", "Music"]
      ]).filter((lesson) => lesson.includes("09:00"))
    ).toEqual([
      "Mon 09:00-10:00 Art",
      "Tue 09:00-10:00 Maths",
      "Wed 09:00-10:00 Art",
      "Thu 09:00-10:00 Maths",
      "Fri 09:00-10:00 Art"
    ])
  })

  it("may name the day of a cycle before that of the week", () => {
    expect(
      read([
        ["", "Day 1 Monday", "Day 2 – Tuesday"],
        ["9:00 - 10:00", "Art", "Maths"],
        ["10:00 - 11:00", "PE", "Music"]
      ]).slice(0, 3)
    ).toEqual(["Mon 09:00-10:00 Art", "Mon 10:00-11:00 PE", "Tue 09:00-10:00 Maths"])
  })

  it("may be one beside what heads the times", () => {
    expect(
      read([
        ["Time", "Saturday"],
        ["9:00 - 10:00", "Chess"],
        ["10:00 - 11:00", "Choir"]
      ])
    ).toEqual(["Sat 09:00-10:00 Chess", "Sat 10:00-11:00 Choir"])
  })

  it("have no periods below them: the numbers of a calendar are dates", () => {
    const { confidence, timeblocks } = interpretPages([
      pageWith([
        ["Mon", "Tue", "Wed"],
        ["3", "4", "5 Trip"],
        ["10", "11 Play", "12"]
      ])
    ])
    expect(timeblocks.every(({ period }) => period === null)).toBe(true)
    expect(confidence).toBeLessThan(98)
  })
})

describe("a list with dates", () => {
  it("has them in the notes, and a lesson a row", () => {
    expect(
      read([
        ["Day", "Date", "Time", "Paper"],
        ["Monday", "12 May", "9:00 - 10:30", "Mathematics"],
        ["Tuesday", "13 May", "9:00 - 11:00", "English"]
      ])
    ).toEqual(["Mon 09:00-10:30 Mathematics", "Tue 09:00-11:00 English"])
  })
})

describe("a row over the whole width of a table", () => {
  it("is no lesson where it names the part of the day below it", () => {
    const title = (text: string) => [{ text, columnSpan: 3 }, null, null]
    expect(
      read([
        ["", "Monday", "Tuesday"],
        title("Morning"),
        ["9:00 - 10:00", "Art", "Maths"],
        ["10:00 - 11:00", "PE", "Music"],
        title("Break"),
        ["11:20 - 12:00", "Maths", "PE"],
        title("Afternoon"),
        ["12:00 - 13:00", "Drama", "Art"]
      ]).filter((lesson) => lesson.startsWith("Mon"))
    ).toEqual([
      "Mon 09:00-10:00 Art",
      "Mon 10:00-11:00 PE",
      "Mon 11:00-11:20 Break",
      "Mon 11:20-12:00 Maths",
      "Mon 12:00-13:00 Drama"
    ])
  })
})

describe("headers over two lines", () => {
  it("give a break its time where the number of a period and its time are one cell", () => {
    expect(
      read([
        ["Day", "1", { text: "10:00-\n10:20", rowSpan: 2 }, "2"],
        ["", "9:00 - 10:00", null, "10:20 - 11:20"],
        ["Mon", "Art", { text: "Break", rowSpan: 2 }, "PE"],
        ["Tue", "PE", null, "Art"]
      ])
    ).toEqual([
      "Mon 09:00-10:00 Art",
      "Mon 10:00-10:20 Break",
      "Mon 10:20-11:20 PE",
      "Tue 09:00-10:00 PE",
      "Tue 10:00-10:20 Break",
      "Tue 10:20-11:20 Art"
    ])
  })
})

describe("a list whose title ends in days", () => {
  const list: MadeRows = [
    ["8:30 - 9:00", "Circle time"],
    ["9:00 - 9:30", "Snack"]
  ]

  it.each([
    ["Daily Schedule: Monday - Tuesday", ["Mon", "Mon", "Tue", "Tue"]],
    ["Our routine Monday to Tuesday", ["Mon", "Mon", "Tue", "Tue"]],
    ["Late start (Wednesday)", ["Wed", "Wed"]],
    ["See you on Monday", ["?", "?"]]
  ])("holds for the days of %j", (title, days) => {
    expect(lessonsOf(pageWith(list, title)).map((lesson) => lesson.split(" ")[0])).toEqual(days)
  })
})

describe("a table that nothing draws, with each end below its start", () => {
  const column = (texts: ReadonlyArray<readonly [text: string, y: number]>, x: number) =>
    texts.flatMap(([text, y]) => wordsAt(text, x, y))
  const days = [...wordsAt("Monday", 300, 40), ...wordsAt("Tuesday", 600, 40), ...wordsAt("Wednesday", 900, 40)]
  const lessons = (places: ReadonlyArray<number>) =>
    ["Art", "PE", "Music"].flatMap((name, i) => places.flatMap((y, row) => wordsAt(`${name}${row}`, 300 + 300 * i, y)))
  const firstOfEachRow = (page: Page) => lessonsOf(page).filter((lesson) => lesson.includes("Art"))

  it("is read by pairs where lessons stand half-way between them", () => {
    const clocks = column(
      [
        ["8:00", 100],
        ["8:50", 130],
        ["9:00", 220],
        ["9:50", 250],
        ["10:30", 340],
        ["11:20", 370]
      ],
      40
    )
    expect(firstOfEachRow({ ...blankPage, words: [...days, ...clocks, ...lessons([115, 235, 355])] })).toEqual([
      "Mon 08:00-08:50 Art0",
      "Mon 09:00-09:50 Art1",
      "Mon 10:30-11:20 Art2"
    ])
  })

  it("is read by pairs where ends are printed again as starts", () => {
    const clocks = column(
      [
        ["8:00", 100],
        ["9:00", 130],
        ["9:00", 220],
        ["10:00", 250],
        ["10:00", 340],
        ["11:00", 370]
      ],
      40
    )
    expect(firstOfEachRow({ ...blankPage, words: [...days, ...clocks, ...lessons([100, 220, 340])] })).toEqual([
      "Mon 08:00-09:00 Art0",
      "Mon 09:00-10:00 Art1",
      "Mon 10:00-11:00 Art2"
    ])
  })

  it("leaves starts alone beside which lessons stand", () => {
    const clocks = column(
      [
        ["8:00", 100],
        ["9:00", 160],
        ["10:00", 220],
        ["11:00", 280]
      ],
      40
    )
    expect(firstOfEachRow({ ...blankPage, words: [...days, ...clocks, ...lessons([100, 160, 220, 280])] })).toEqual([
      "Mon 08:00-09:00 Art0",
      "Mon 09:00-10:00 Art1",
      "Mon 10:00-11:00 Art2",
      "Mon 11:00-? Art3"
    ])
  })
})

describe("lines that name what is on before when", () => {
  it("are read under the headings of their days", () => {
    const words = wordsAt(
      "Monday\n• Football: 3:30pm - 4:30pm\n• Chess: 3:30pm - 4:15pm\nTuesday\n• Choir: 3:30pm - 4:30pm",
      40,
      40
    )
    expect(lessonsOf({ ...blankPage, words })).toEqual([
      "Mon 15:30-16:30 Football",
      "Mon 15:30-16:15 Chess",
      "Tue 15:30-16:30 Choir"
    ])
  })

  it("are no lessons where a sentence mentions an hour", () => {
    const words = wordsAt("Please be back by 3:30\nThe gates open at 8:15", 40, 40)
    expect(lessonsOf({ ...blankPage, words })).toEqual([])
  })
})

describe("a table of which little is drawn", () => {
  const columns = [40, 300, 560, 820]
  const rows = [
    ["Time", "Monday", "Tuesday", "Wednesday"],
    ["9:00 - 10:00", "Art", "Maths", "Choir"],
    ["10:00 - 11:00", "PE", "Art", "Maths"],
    ["11:00 - 12:00", "Maths", "PE", "Art"]
  ]
  const words = rows.flatMap((row, r) => row.flatMap((text, c) => wordsAt(text, columns[c]! + 8, 110 + 60 * r)))
  const frame = (x: number, y: number, width: number, height: number) => [
    ...[y, y + height].map((position) => ({ orientation: "horizontal" as const, position, from: x, to: x + width })),
    ...[x, x + width].map((position) => ({ orientation: "vertical" as const, position, from: y, to: y + height }))
  ]
  const drawn = [
    ...columns.map((x) => frame(x, 100, 260, 60)),
    frame(40, 160, 260, 120),
    frame(40, 280, 260, 60),
    frame(300, 160, 780, 180)
  ].flat()
  const rules = drawn.map((rule) => ({ ...rule, thickness: 2 }))

  it("is read by how its texts align where what is drawn holds several of them in one cell", () => {
    expect(lessonsOf({ ...blankPage, words, rules })).toEqual(lessonsOf({ ...blankPage, words }))
    expect(lessonsOf({ ...blankPage, words, rules })).toHaveLength(9)
  })
})

describe("lessons that print their own times in a table that nothing draws", () => {
  it("keep them also where the first of them stands beside its time", () => {
    const row = (at: number, day: string) => [
      ...wordsAt(day, 40, at + 14),
      ...wordsAt("9:00-9:45", 200, at),
      ...wordsAt("English", 330, at + 28),
      ...wordsAt("9:45-10:30\nScience", 480, at),
      ...wordsAt("1:20-2:10\nPE", 700, at)
    ]
    const words = ["Monday", "Tuesday", "Wednesday"].flatMap((day, i) => row(100 + 140 * i, day))
    expect(lessonsOf({ ...blankPage, words }).filter((lesson) => lesson.startsWith("Mon"))).toEqual([
      "Mon 09:00-09:45 English",
      "Mon 09:45-10:30 Science",
      "Mon 13:20-14:10 PE"
    ])
  })
})

describe("an end below its start", () => {
  it("is told by ends that are printed again, and by what all days share on a line between the two", () => {
    const columns = [40, 300, 560]
    const lines: ReadonlyArray<readonly [number, ReadonlyArray<string>]> = [
      [40, ["Time", "Monday", "Tuesday"]],
      [100, ["9:00", "Art", "Maths"]],
      [130, ["10:00", "Mr Vole", "Ms Hare"]],
      [190, ["10:00", "", ""]],
      [205, ["", "Break", "Break"]],
      [220, ["10:20", "", ""]],
      [280, ["10:20", "PE", "Art"]],
      [310, ["11:20", "Ms Hare", "Mr Vole"]]
    ]
    const words = lines.flatMap(([y, texts]) =>
      texts.flatMap((text, c) => (text === "" ? [] : wordsAt(text, columns[c]!, y, 12)))
    )
    expect(lessonsOf({ ...blankPage, words }).map((lesson) => lesson.slice(0, 15))).toEqual([
      "Mon 09:00-10:00",
      "Mon 10:00-10:20",
      "Mon 10:20-11:20",
      "Tue 09:00-10:00",
      "Tue 10:00-10:20",
      "Tue 10:20-11:20"
    ])
  })
})
