import { describe, expect, it } from "vitest"
import type { Page } from "../../src/document/Page.ts"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { blankPage, drawTable, type MadeRows, pageWith, wordsAt } from "../support/pages.ts"

/** The page as OCR gives it, its words read surely or not. */
const scanned = (page: Page, confidence = 0.9): Page => ({
  ...page,
  words: page.words.map((word) => ({ ...word, source: "ocr", engine: "made", confidence }))
})

const blocksOf = (rows: MadeRows, confidence?: number) =>
  interpretPages([scanned(pageWith(rows), confidence)]).timeblocks

describe("headers that OCR misread", () => {
  const days = (headers: ReadonlyArray<string>) =>
    blocksOf([["Time", "9:00 - 10:00", "10:00 - 11:00"], ...headers.map((header, i) => [header, `Art${i}`, ""])]).map(
      ({ dayOfWeek, name, evidence }) => [name, dayOfWeek, evidence.day?.rule, evidence.day?.repaired]
    )

  it("are days by their place in the week where the others are days at their places", () => {
    expect(days(["<=> -", "7 Tue", "Wed", "1 Thu |", "Lei"])).toEqual([
      ["Art0", "Monday", "day-sequence", true],
      ["Art1", "Tuesday", "day-sequence", true],
      ["Art2", "Wednesday", "day-header", false],
      ["Art3", "Thursday", "day-sequence", true],
      ["Art4", "Friday", "day-sequence", true]
    ])
  })

  it("are days where enough of them look like days, in one language", () => {
    expect(days(["Lund", "Vara", "", "", "Verared"]).map(([, day]) => day)).toEqual([
      "Monday",
      "Tuesday",
      "Wednesday",
      "Thursday",
      "Friday"
    ])
  })

  it("stay unknown where they plainly say something else, or too little is read", () => {
    expect(days(["Group", "Painters", "Sculptors", "Weavers", "Potters"]).every(([, day]) => day === null)).toBe(true)
    expect(days(["Mon", "x8", "~", "_", "="]).some(([, day]) => day === "Friday")).toBe(false)
  })

  it("are no lessons beside one day, where one of them looks like another day", () => {
    const rows = [
      ["Monday", "Drawing", "Weaving", "Geometry", "Study Hall"],
      ["Tuesday", "Singing", "Geometry", "Drawing", "Study Hall"],
      ["Wednesday", "Weaving", "Drawing", "Singing", "Study Hall"]
    ]
    const header = ["", "Period 1", "Period 2", "Period 3", "Period 4"]
    const days = blocksOf([header, ...rows]).map(({ dayOfWeek }) => dayOfWeek)
    expect(days).toEqual(rows.flatMap(([day, ...lessons]) => lessons.map(() => day)))
  })

  it("are no lessons whose teachers are called much as days are cut short", () => {
    const rows = [
      ["Monday", "Latin Mr Bellweather", "Design Mr Osei", "Latin Mrs Tanaka", "Sport Mr Bellweather", "Art Mr Osei"],
      ["Tuesday", "Maths Mrs Nakamura", "Biology Ms Okafor", "Choir Mrs Nakamura", "Maths Mrs Nakamura", "Art Mr Osei"],
      [
        "Wednesday",
        "Maths Mrs Nakamura",
        "Choir Mrs Nakamura",
        "Latin Mr Bellweather",
        "Sport Mr Bellweather",
        "Choir Mrs Nakamura"
      ],
      [
        "Thursday",
        "Sport Mr Bellweather",
        "Latin Mrs Tanaka",
        "Design Mr Osei",
        "Choir Mrs Nakamura",
        "English Ms Quill"
      ],
      ["Friday", "Latin Mrs Tanaka", "Latin Mr Bellweather", "Biology Ms Okafor", "Art Mr Osei", "Choir Mrs Nakamura"]
    ]
    const header = ["Time", "8:20 - 9:15", "9:15 - 10:10", "10:10 - 11:05", "11:25 - 12:20", "12:20 - 13:15"]
    const days = blocksOf([header, ...rows]).map(({ dayOfWeek }) => dayOfWeek)
    expect(days).toEqual(rows.flatMap(([day, ...lessons]) => lessons.map(() => day)))
  })

  const times = (headers: ReadonlyArray<string>, confidence?: number) =>
    blocksOf([["", "Monday", "Tuesday"], ...headers.map((header, i) => [header, `Art${i}`, ""])], confidence).map(
      ({ startTime, endTime, evidence }) => [
        `${startTime}-${endTime}`,
        evidence.start?.repaired || evidence.end?.repaired
      ]
    )

  it("are the times that alone fit between the others", () => {
    expect(times(["8:40 - 9:20", "9:20 - 10:00", "1O2S~", "10:40 - 11:20", "11:20 - 12:00"])).toEqual([
      ["08:40-09:20", false],
      ["09:20-10:00", false],
      ["10:00-10:40", true],
      ["10:40-11:20", false],
      ["11:20-12:00", false]
    ])
    expect(times(["11:00 - 12:00", "12:00 - 13:00", "7300 - 1500", "14:00 - 15:00"])[2]).toEqual(["13:00-14:00", true])
  })

  it("are put right where a digit was read badly, and the usual length and the neighbours agree on another", () => {
    const axis = ["8:40 - 9:20", "9:20 - 10:00", "10:10 - 10:40", "10:40 - 11:20", "11:20 - 12:00"]
    expect(times(axis, 0.3)[2]).toEqual(["10:00-10:40", true])
  })

  it("keep a pause that is printed, however unusual", () => {
    expect(times(["8:40 - 9:20", "9:20 - 10:00", "10:05 - 10:40", "10:40 - 11:20"])[2]).toEqual(["10:05-10:40", false])
  })

  it("are an end where the line that they stand in prints ends", () => {
    expect(
      blocksOf([
        ["Start", "OR:40", "9:20", "10:00", "10:40"],
        ["End", "01:20", "10:00", "10:40", "11:20"],
        ["Mon", "Art", "PE", "Maths", "Music"],
        ["Tue", "Art", "PE", "Maths", "Music"]
      ]).map(({ startTime, endTime }) => `${startTime}-${endTime}`)
    ).toEqual([...Array(2)].flatMap(() => ["08:40-09:20", "09:20-10:00", "10:00-10:40", "10:40-11:20"]))
  })

  it("still give one break to all days where letters of it were misread", () => {
    const names = blocksOf([
      ["", "9:00 - 10:00", "10:00 - 10:20"],
      ["Mon", "Art", "B"],
      ["Tue", "PE", "R ."],
      ["Wed", "Music", "~ E"],
      ["Thu", "Art", "4"],
      ["Fri", "PE", "K"]
    ]).filter(({ startTime }) => startTime === "10:00")
    expect(names.map(({ name, evidence }) => [name, evidence.name?.repaired])).toEqual(
      Array.from({ length: 5 }, () => ["BREAK", true])
    )
  })
})

describe("headers that OCR lost among others", () => {
  it("are as many days as there are between two", () => {
    const rows = ["Mon", "", "=", "Thu", "Fri"].map((day, i) => [day, `Art${i}`, "PE"])
    const blocks = blocksOf([["", "9:00 - 10:00", "10:00 - 11:00"], ...rows]).filter(({ name }) => name !== "PE")
    expect(blocks.map(({ dayOfWeek, name }) => `${dayOfWeek} ${name}`)).toEqual([
      "Monday Art0",
      "Tuesday Art1",
      "Wednesday Art2",
      "Thursday Art3",
      "Friday Art4"
    ])
  })

  it("are ends beside their starts, where the others stand in pairs, and lie at the next start", () => {
    const [across, wide] = [{ columnSpan: 2 }, { columnWidth: 120 }]
    const lessons = ["Art", "PE", "Maths"].flatMap((text) => [{ text, ...across }, null])
    const rows = [
      ["", "9:00", "9:45", "9:45", "", "10:30", "11:15"],
      ["Mon", ...lessons],
      ["Tue", ...lessons]
    ]
    const [, block] = interpretPages([scanned(pageWith(rows, "", wide))]).timeblocks
    expect([block?.name, block?.startTime, block?.endTime, block?.evidence.end?.rule]).toEqual([
      "PE",
      "09:45",
      "10:30",
      "next-start"
    ])
  })
})

describe("the column of days of a list that OCR misread", () => {
  const daysOf = (days: ReadonlyArray<string>) =>
    blocksOf([
      ["Day", "Time", "Lesson"],
      ...days.map((day, i) => [day, `${8 + (i % 3)}:00 - ${8 + (i % 3)}:50`, `Art${i}`])
    ]).map(({ dayOfWeek, evidence }) => `${dayOfWeek?.slice(0, 3)}${evidence.day?.repaired ? " repaired" : ""}`)

  it("has between two equal days the same, and after the last day the next one, where all were read alike", () => {
    expect(daysOf(["Mon", "Nlom", "Mon", "Tue", "Tue", "Tue", "Wed", "Thu", "Fn", "Fn"])).toEqual([
      "Mon",
      "Mon repaired",
      "Mon",
      "Tue",
      "Tue",
      "Tue",
      "Wed",
      "Thu",
      "Fri repaired",
      "Fri repaired"
    ])
  })

  it("has no days where headers between two days differ, or there is a choice of days", () => {
    expect(daysOf(["Mon", "Mon", "Fn", "Fm", "Wed", "Wed", "Thu"])).not.toContain("Tue repaired")
    expect(daysOf(["Mon", "Mon", "Fn", "Fn", "Thu", "Thu", "Fri"]).join()).not.toContain("repaired")
  })

  it("keeps a day that is plainly read, though others would be in its place in another list", () => {
    const days = ["Mon", "Mon", "Tue", "Tue", "Tue", "Wed", "Thu", "Fri"]
    expect(daysOf(days)).toEqual(days)
  })
})

describe("times of lessons that OCR misread", () => {
  it("have the second of two equal digits where only it ends the lesson after its start", () => {
    const [, block] = blocksOf([
      ["Day", "Lesson", "Start", "End"],
      ["Mon", "Art", "10.20", "10.50"],
      ["Mon", "Choir", "1.50", "12.50"],
      ["Mon", "PE", "12.50", "13.20"],
      ["Tue", "Art", "08.55", "09.25"]
    ])
    expect([block?.startTime, block?.evidence.start?.repaired]).toEqual(["11:50", true])
  })

  it("are put right in lines of text where a lesson would end before it starts", () => {
    const text = "Monday\n8:30 - 9:30 Maths\n4:30 - 10:30 Art\n10:30 - 11:30 PE"
    const [, block] = interpretPages([scanned({ ...blankPage, words: wordsAt(text, 40, 40) }, 0.5)]).timeblocks
    expect([block?.startTime, block?.evidence.start?.repaired]).toEqual(["09:30", true])
  })
})

describe("lists whose headings OCR did not read", () => {
  const list = "8:30 - 9:30 Maths\n9:30 - 10:30 Art\n13:00 - 14:00 PE"
  const daysOf = (text: string) =>
    interpretPages([scanned({ ...blankPage, words: wordsAt(text, 40, 40) })]).timeblocks.map(
      ({ dayOfWeek, startTime, evidence }) => [dayOfWeek, startTime, evidence.day?.rule]
    )

  it("are those of the days after the heading above, where the clock starts anew", () => {
    expect(daysOf(`Tuesday\n${list}\n${list}\nThursday\n${list}`).map(([day]) => day)).toEqual([
      ...Array(3).fill("Tuesday"),
      ...Array(3).fill("Wednesday"),
      ...Array(3).fill("Thursday")
    ])
    expect(daysOf(`Tuesday\n${list}\n${list}`)[3]).toEqual(["Wednesday", "08:30", "day-after-heading"])
  })

  it("are told apart as classes side by side too", () => {
    const rows: MadeRows = [
      ["", "9:00 - 10:00", "13:00 - 14:00"],
      ["4B", "Art", "PE"],
      ["4C", "PE", "Art"]
    ]
    const parts = [drawTable(rows, { y: 100, columnWidth: 260 }), drawTable(rows, { y: 500, columnWidth: 260 })]
    const words = [...wordsAt("Monday", 40, 50), ...parts.flatMap((part) => part.words)]
    const page = scanned({ ...blankPage, words, rules: parts.flatMap(({ rules }) => rules) })
    const days = interpretPages([page]).timeblocks.map(({ dayOfWeek }) => dayOfWeek)
    expect(days.toSorted()).toEqual([...Array(4).fill("Monday"), ...Array(4).fill("Tuesday")])
  })

  it("have no day where the next heading leaves no room", () => {
    expect(daysOf(`Tuesday\n${list}\n${list}\nWednesday\n${list}`).filter(([day]) => day === null)).toHaveLength(3)
  })

  it("are told apart as tables too", () => {
    const rows: MadeRows = [
      ["9:00 - 10:00", "Art"],
      ["13:00 - 14:00", "PE"]
    ]
    const [first, second] = [drawTable(rows, { y: 100 }), drawTable(rows, { y: 500 })]
    const words = [...wordsAt("Monday", 40, 50), ...first.words, ...second.words]
    const page = scanned({ ...blankPage, words, rules: [...first.rules, ...second.rules] })
    expect(interpretPages([page]).timeblocks.map(({ dayOfWeek }) => dayOfWeek)).toEqual([
      "Monday",
      "Monday",
      "Tuesday",
      "Tuesday"
    ])
  })
})

describe("headings among stray signs", () => {
  const list = (y: number) => drawTable([["9:00 - 10:00", "Art"]], { y })
  const daysOf = (...headings: ReadonlyArray<readonly [y: number, text: string]>) => {
    const tables = headings.map((_, i) => list(200 + 300 * i))
    const words = [...headings.flatMap(([y, text]) => wordsAt(text, 40, y)), ...tables.flatMap((table) => table.words)]
    const page = scanned({ ...blankPage, words, rules: tables.flatMap(({ rules }) => rules) })
    return interpretPages([page]).timeblocks.map(({ dayOfWeek }) => dayOfWeek)
  }

  it("name the day of what follows, also where they were read twice", () => {
    expect(daysOf([60, "Monday\n—\n— I\n—"], [390, "Tuesday Tuesday"])).toEqual(["Monday", "Tuesday"])
  })
})

describe("headers among stray signs", () => {
  it("count periods, and a bare number among named periods is none", () => {
    const header = ["", "Period 1", "1", "Period 2", "Period 3"]
    const blocks = blocksOf([header, ["Mon", "Art", "", "Maths", "PE"], ["Tue", "PE", "", "Art", "Maths"]])
    expect(blocks.map(({ name, period }) => `${name} ${period}`)).toEqual([
      "Art 1",
      "Maths 2",
      "PE 3",
      "PE 1",
      "Art 2",
      "Maths 3"
    ])
  })

  it("name classes, although a word among them is that of a column too", () => {
    const rows: MadeRows = [
      ["Time", "Room 1", "Group B"],
      ["9:00 - 10:00", "Art", "PE"],
      ["10:00 - 11:00", "PE", "Chess"]
    ]
    const page = scanned(pageWith(rows, "Monday"))
    expect(interpretPages([page]).timeblocks.map(({ className, name }) => `${name} ${className}`)).toEqual([
      "Art Room 1",
      "PE Group B",
      "PE Room 1",
      "Chess Group B"
    ])
  })

  it("name what the columns of a list hold", () => {
    const [block] = blocksOf([
      ["Day", "~ Time", "[=] Subject", "Room —"],
      ["Monday", "9.00-10.00", "Art", "B12"],
      ["Tuesday", "9.00-10.00", "PE", "Gym"]
    ])
    expect([block?.name, block?.room]).toEqual(["Art", "B12"])
  })
})

describe("periods that OCR misread", () => {
  const lunch = { text: "Lunch", rowSpan: 3 }
  const periodsOf = (headers: ReadonlyArray<string>, rest: MadeRows = []) =>
    blocksOf([
      ["", ...headers],
      ["Mon", "Art", "PE", lunch, "Maths", "Music", "Chess"],
      ["Tue", "PE", "Art", null, "Music", "Maths", ""],
      ["Wed", "Art", "", null, "Chess", "PE", "Art"],
      ...rest
    ])
      .filter(({ dayOfWeek }) => dayOfWeek === "Monday")
      .map(({ name, period }) => `${name} ${period ?? "-"}`)

  it("are counted on over the places that hold lessons, and a break has no number", () => {
    const counted = ["Art 1", "PE 2", "Lunch -", "Maths 3", "Music 4", "Chess 5"]
    expect(periodsOf(["1", "2", "", "q", "1", "5"])).toEqual(counted)
    expect(periodsOf(["P1", "P2", "", "P3", "", "P5"])).toEqual(counted)
  })

  it("stay as they are where most were read otherwise", () => {
    expect(periodsOf(["1", "3", "", "6", "8", "9"])).toEqual([
      "Art 1",
      "PE 3",
      "Lunch -",
      "Maths 6",
      "Music 8",
      "Chess 9"
    ])
  })
})

describe("a key of periods that OCR misread", () => {
  const grid: MadeRows = [
    ["", "Period 1", "Period 2", "Recess", "Period 3"],
    ["Monday", "Painting", "Weaving", "Recess", "Choir"],
    ["Tuesday", "Choir", "Painting", "Recess", "Weaving"]
  ]
  const timesOf = (lines: ReadonlyArray<string>) => {
    const page = pageWith(grid)
    const key = lines.flatMap((line, i) => wordsAt(line, 40, 700 + 40 * i))
    const { timeblocks } = interpretPages([scanned({ ...page, words: [...page.words, ...key] }, 0.5)])
    return timeblocks.slice(0, 4).map(({ endTime, startTime }) => `${startTime}-${endTime}`)
  }
  const expected = ["08:20-09:00", "09:00-09:40", "09:40-10:00", "10:00-10:40"]

  it("still says when they are where no space stands before a time, and the number is no hour", () => {
    const lines = ["Period1:8.20 - 9.00", "Period 2:9.00 - 9.40", "Recess:9.40 - 10.00", "Period 3:10.00 - 10.40"]
    expect(timesOf(lines)).toEqual(expected)
  })

  it("still says when they are where a digit is wrong and the others tell it", () => {
    const lines = ["Period 1: 8:20 - 9:00", "Period 2: 1:00 - 9:40", "Recess: 9:40 - 10:00", "Period 3: 10:00 - 10:40"]
    expect(timesOf(lines)).toEqual(expected)
  })

  it("says of a break whose name is spelled a little otherwise there", () => {
    const lines = ["Period 1: 8:20 - 9:00", "Period 2: 9:00 - 9:40", "Recer: 9:40 - 10:00", "Period 3: 10:00 - 10:40"]
    expect(timesOf(lines)).toEqual(expected)
  })
})
