import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { blankPage, drawTable, type MadeRows, pageWith, wordsAt } from "../support/pages.ts"

const blocksOf = (...pages: Parameters<typeof interpretPages>[0]) =>
  interpretPages(pages).timeblocks.map(({ dayOfWeek, startTime, endTime, name, notes }) =>
    [
      dayOfWeek?.slice(0, 3) ?? "?",
      `${startTime ?? "?"}-${endTime ?? "?"}`,
      name,
      ...(notes === null ? [] : [`(${notes})`])
    ].join(" ")
  )
const read = (rows: MadeRows, headings = "") => blocksOf(pageWith(rows, headings))

describe("interpretPages", () => {
  it("reads days across and times down", () => {
    expect(
      read([
        ["", "Monday", "Tuesday"],
        ["9:00 - 10:00", "Maths", "Art"],
        ["10:00 - 10:20", { text: "Break", columnSpan: 2 }, null]
      ])
    ).toEqual(["Mon 09:00-10:00 Maths", "Mon 10:00-10:20 Break", "Tue 09:00-10:00 Art", "Tue 10:00-10:20 Break"])
  })

  it("reads times across and days down, a merged cell over its slots", () => {
    expect(
      read([
        ["", "9:00 - 10:00", "10:00 - 11:00"],
        ["Mon", { text: "Games", columnSpan: 2 }, null],
        ["Tue", "Art", "Maths"]
      ])
    ).toEqual(["Mon 09:00-11:00 Games", "Tue 09:00-10:00 Art", "Tue 10:00-11:00 Maths"])
  })

  it("takes no school for nothing, in the languages that it reads", () => {
    expect(
      read([
        ["", "Monday", "Tuesday", "Wednesday"],
        ["9:00 - 10:00", "NO SCHOOL", "Art", "Pas d’école"],
        ["10:00 - 11:00", "School Choir", "kein Unterricht", "No class"]
      ])
    ).toEqual(["Mon 10:00-11:00 School Choir", "Tue 09:00-10:00 Art"])
  })

  it("ends a start-only time at the next start and leaves the last one open", () => {
    expect(
      read([
        ["", "9.00", "10.15"],
        ["Mon", "Art", "Maths"],
        ["Tue", "PE", "Music"]
      ])
    ).toEqual(["Mon 09:00-10:15 Art", "Mon 10:15-? Maths", "Tue 09:00-10:15 PE", "Tue 10:15-? Music"])
  })

  it("reads a start and an end in two header cells as one slot", () => {
    expect(
      read([
        ["", "9:00 AM", "9:50 AM", "10:00 AM", "10:50 AM"],
        ["Mon", { text: "Art", columnSpan: 2 }, null, { text: "Maths", columnSpan: 2 }, null],
        ["Tue", { text: "PE", columnSpan: 2 }, null, "", ""]
      ])
    ).toEqual(["Mon 09:00-09:50 Art", "Mon 10:00-10:50 Maths", "Tue 09:00-09:50 PE"])
  })

  it("prefers the time that a cell prints to its header, and lends it to the neighbour", () => {
    const page = pageWith([
      ["", "1:00 - 2:00", "2:00 - 3:00"],
      ["Mon", "Art", "Maths"],
      ["Tue", { text: "1:30 - 2:30\nScience" }, "Music"]
    ])
    expect(blocksOf(page)).toContain("Tue 13:30-14:30 Science")
  })

  it("puts letters that are spread over the days together", () => {
    expect(
      read([
        ["", "9:00 - 10:00", "10:00 - 10:20"],
        ["Mon", "Art", "P"],
        ["Tue", "PE", "L"],
        ["Wed", "Music", "A"],
        ["Thu", "Art", "Y"]
      ]).filter((block) => block.includes("PLAY"))
    ).toEqual(["Mon", "Tue", "Wed", "Thu"].map((day) => `${day} 10:00-10:20 PLAY`))
  })

  it("gives a column without a time what lies between its neighbours", () => {
    expect(
      read([
        ["", "9:00 - 10:00", { text: "LUNCH", rowSpan: 3 }, "10:40 - 11:40"],
        ["Mon", "Art", null, "Maths"],
        ["Tue", "PE", null, "Music"]
      ]).filter((block) => block.includes("LUNCH"))
    ).toEqual(["Mon 10:00-10:40 LUNCH", "Tue 10:00-10:40 LUNCH"])
  })

  it("numbers the periods where no clock is printed", () => {
    const { timeblocks } = interpretPages([
      pageWith([
        ["", "1", "2"],
        ["Mon", { text: "Art", columnSpan: 2 }, null],
        ["Tue", "PE", "Music"]
      ])
    ])
    expect(timeblocks.map(({ name, period, periodEnd, startTime }) => [name, period, periodEnd, startTime])).toEqual([
      ["Art", 1, 2, null],
      ["PE", 1, null, null],
      ["Music", 2, null, null]
    ])
  })

  it("fills empty days from the routine row and keeps what a day adds as notes", () => {
    expect(
      read([
        ["", "9:00 - 10:00", "10:00 - 11:00"],
        ["Daily routine", "Reading", "Play"],
        ["Mon", "", "Chess"],
        ["Tue", "", ""]
      ])
    ).toEqual([
      "Mon 09:00-10:00 Reading",
      "Mon 10:00-11:00 Play (Chess)",
      "Tue 09:00-10:00 Reading",
      "Tue 10:00-11:00 Play"
    ])
  })

  it("reads a list with a row a lesson, each day by its own clock", () => {
    expect(
      read([
        ["Day", "Subject", "Time", "Room"],
        ["Monday", "Art", "9.00-10.00", "B12"],
        ["Monday", "Maths", "1.00-2.00", "B13"],
        ["Tuesday", "PE", "9.00-10.00", "Gym"]
      ])
    ).toEqual(["Mon 09:00-10:00 Art (B12)", "Mon 13:00-14:00 Maths (B13)", "Tue 09:00-10:00 PE (Gym)"])
  })

  it("takes starts for starts where the ends beside them differ more from day to day", () => {
    const rows = ["Monday", "Tuesday", "Wednesday"].flatMap((day, i) => [
      [day, "Art", "0900", `10${15 + 5 * i}`],
      [day, "Maths", "1030", `11${15 + 5 * i}`]
    ])
    expect(read([["Day", "Lesson", "Start", "End"], ...rows]).slice(0, 3)).toEqual([
      "Mon 09:00-10:15 Art",
      "Mon 10:30-11:15 Maths",
      "Tue 09:00-10:20 Art"
    ])
  })

  it("gives a list the days of its heading", () => {
    expect(
      read(
        [
          ["8:40am - 9:00am", "Register"],
          ["9:00am - 10:00am", "Maths"]
        ],
        "Monday, Wednesday"
      )
    ).toEqual([
      "Mon 08:40-09:00 Register",
      "Mon 09:00-10:00 Maths",
      "Wed 08:40-09:00 Register",
      "Wed 09:00-10:00 Maths"
    ])
  })

  it("reads lines of text under headings of days", () => {
    const words = wordsAt("Monday\n9:00 - 10:00 Maths\n10:00 - 11:00 Art\nTuesday\n9:00 - 10:30 Games", 40, 40)
    expect(blocksOf({ ...blankPage, words })).toEqual([
      "Mon 09:00-10:00 Maths",
      "Mon 10:00-11:00 Art",
      "Tue 09:00-10:30 Games"
    ])
  })

  it("reads a page of writing within a drawn frame", () => {
    const frame = drawTable([[""], [""]], { columnWidth: 1800, rowHeight: 600, x: 10, y: 10 })
    const words = wordsAt("Monday\n9:00 - 10:00 Maths\n10:00 - 11:00 Art", 40, 40)
    expect(blocksOf({ ...blankPage, words, rules: frame.rules })).toEqual([
      "Mon 09:00-10:00 Maths",
      "Mon 10:00-11:00 Art"
    ])
  })

  it("takes a bell without an end for a moment and not for a lesson", () => {
    const { timeblocks, markers } = interpretPages([
      pageWith(
        [
          ["8.40", "Register"],
          ["8.55", "First bell rings"],
          ["9.00", "Maths"]
        ],
        "Monday"
      )
    ])
    expect(timeblocks.map(({ name, startTime, endTime }) => [name, startTime, endTime])).toEqual([
      ["Register", "08:40", "08:55"],
      ["Maths", "09:00", null]
    ])
    expect(markers.map(({ dayOfWeek, time, name }) => [dayOfWeek, time, name])).toEqual([
      ["Monday", "08:55", "First bell rings"]
    ])
  })

  it("reads stacked and turned writing", () => {
    expect(
      read([
        ["", { text: "9:00 - 10:00", rotation: 270 }, "10:00 - 11:00"],
        ["M\nO\nN", { text: "Art", rotation: 270 }, ""],
        ["T\nU\nE", "PE", { text: "Maths", rotation: 90 }]
      ])
    ).toEqual(["Mon 09:00-10:00 Art", "Tue 09:00-10:00 PE", "Tue 10:00-11:00 Maths"])
  })

  it("cuts a bar of headers that nothing parts above the columns that it names", () => {
    const bar = drawTable([[{ text: "", columnSpan: 3 }, null, null]], { y: 10, rowHeight: 90 })
    const names = [...wordsAt("Time", 46, 20), ...wordsAt("Monday", 246, 20), ...wordsAt("Tuesday", 446, 20)]
    const body = drawTable([
      ["9:00 - 10:00", "Art", "PE"],
      ["10:00 - 11:00", "Maths", "Music"]
    ])
    const page = { ...blankPage, words: [...names, ...body.words], rules: [...bar.rules, ...body.rules] }
    expect(blocksOf(page)).toEqual([
      "Mon 09:00-10:00 Art",
      "Mon 10:00-11:00 Maths",
      "Tue 09:00-10:00 PE",
      "Tue 10:00-11:00 Music"
    ])
  })

  it("takes the brackets around a time off the name of a break", () => {
    const page = pageWith([
      ["", "Monday", "Tuesday"],
      ["P1 (9:00 - 10:00)", "Art", "PE"],
      ["Break (10:00 - 10:20)", { text: "", columnSpan: 2 }, null],
      ["P2 [10:20 - 11:20]", "Maths", "Music"]
    ])
    expect(blocksOf(page)).toEqual([
      "Mon 09:00-10:00 Art",
      "Mon 10:00-10:20 Break",
      "Mon 10:20-11:20 Maths",
      "Tue 09:00-10:00 PE",
      "Tue 10:00-10:20 Break",
      "Tue 10:20-11:20 Music"
    ])
  })

  it("knows an unread day between two others, and says that it repaired it", () => {
    const { timeblocks } = interpretPages([
      pageWith([
        ["", "Monday", "Tuesday", "%&", "Thursday"],
        ["9:00 - 10:00", "Art", "PE", "Maths", "Music"],
        ["10:00 - 11:00", "Maths", "Music", "PE", "Art"]
      ])
    ])
    const wednesday = timeblocks.filter(({ dayOfWeek }) => dayOfWeek === "Wednesday")
    expect(wednesday.map(({ name, evidence }) => [name, evidence.day?.repaired])).toEqual([
      ["Maths", true],
      ["PE", true]
    ])
  })

  it("completes a break whose letters are spread when one of them was not read", () => {
    expect(
      read([
        ["", "9:00 - 10:00", "10:00 - 10:20"],
        ["Mon", "Art", "L"],
        ["Tue", "PE", "U"],
        ["Wed", "Music", ""],
        ["Thu", "Art", "C"],
        ["Fri", "PE", "H"]
      ]).filter((block) => block.includes("LUNCH"))
    ).toHaveLength(5)
  })

  it("parts notes by their smaller type, and teachers and rooms by their form", () => {
    const { words, rules } = drawTable([
      ["", "Monday", "Tuesday"],
      ["9:00 - 10:00", "Reading", "Art - Mr Vole"]
    ])
    const small = wordsAt("with a partner", 246, 240, 12)
    const { timeblocks } = interpretPages([{ ...blankPage, words: [...words, ...small], rules }])
    expect(timeblocks.map(({ name, notes, teacher }) => [name, notes, teacher])).toEqual([
      ["Reading", "with a partner", null],
      ["Art", "Mr Vole", "Mr Vole"]
    ])
  })

  it("takes what stands in brackets over two lines for one thing, also where its end looks like a room", () => {
    const { timeblocks } = interpretPages([
      pageWith([
        ["", "Monday", "Tuesday"],
        ["9:00 - 10:00", "Drawing (Set:\nB12)", "Drawing\nB12"]
      ])
    ])
    expect(timeblocks.map(({ name, notes, room }) => [name, notes, room])).toEqual([
      ["Drawing (Set: B12)", null, null],
      ["Drawing", "B12", "B12"]
    ])
  })

  it("gives no block for placeholders, legends and titles", () => {
    const grid = drawTable([
      ["", "Monday", "Tuesday"],
      ["9:00 - 10:00", "***", "-"],
      ["10:00 - 11:00", "Maths", "x"]
    ])
    const legend = drawTable(
      [
        ["No", "Subject"],
        ["1", "Mathematics"],
        ["2", "Art"]
      ],
      { y: 700 }
    )
    const page = { ...blankPage, words: [...grid.words, ...legend.words], rules: [...grid.rules, ...legend.rules] }
    expect(blocksOf(page)).toEqual(["Mon 10:00-11:00 Maths"])
  })

  it("tells the classes of two tables by their headings", () => {
    const rows: MadeRows = [
      ["", "Monday", "Tuesday"],
      ["9:00 - 10:00", "Art", "PE"]
    ]
    const [upper, lower] = [drawTable(rows, { y: 100 }), drawTable(rows, { y: 600 })]
    const words = [...wordsAt("Class 4A", 40, 60), ...upper.words, ...wordsAt("Class 4B", 40, 560), ...lower.words]
    const { timeblocks } = interpretPages([{ ...blankPage, words, rules: [...upper.rules, ...lower.rules] }])
    expect(timeblocks.map(({ className, name }) => [className, name])).toEqual([
      ["Class 4A", "Art"],
      ["Class 4B", "Art"],
      ["Class 4A", "PE"],
      ["Class 4B", "PE"]
    ])
  })

  it("reads class, teacher, term, school and year off the headings", () => {
    const rows: MadeRows = [
      ["", "Monday", "Tuesday"],
      ["9:00 - 10:00", "Art", "PE"]
    ]
    const headings = "Elm Hill Primary School\nClass: 3B    Teacher: Ms Heron\nSpring Term 2031"
    expect(interpretPages([pageWith(rows, headings.replace(/ {2,}/, " "), { y: 200 })]).metadata).toEqual({
      schoolName: "Elm Hill Primary School",
      className: "3B",
      teacher: "Ms Heron",
      term: "Spring",
      year: 2031
    })
  })

  it("keeps conflicts as printed and warns of them", () => {
    const { warnings } = interpretPages([
      pageWith([
        ["", "9:00 - 10:00", "10:00 - 11:00"],
        ["Mon", "9:00 - 10:30\nArt", "Maths"],
        ["Tue", "PE", "Music"]
      ])
    ])
    expect(warnings.map(({ code, timeblocks }) => [code, timeblocks])).toEqual([["overlap", [0, 1]]])
  })

  it("says that a page without a timetable has none", () => {
    const words = wordsAt("Dear parents,\nthe school fair begins at 9:00 on Saturday.", 40, 40)
    expect(interpretPages([{ ...blankPage, words }])).toMatchObject({
      timeblocks: [],
      confidence: 0,
      warnings: [{ code: "no_timetable" }]
    })
  })

  it("gives nothing that the page does not print, whatever the words", () => {
    const cell = fc.constantFrom(
      "Monday",
      "Tue",
      "9:00",
      "9:00 - 10:00",
      "Maths",
      "B12",
      "",
      "-",
      "3",
      "Art (x)",
      "1.15pm"
    )
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 2, maxLength: 5 })
    fc.assert(
      fc.property(rows, (made) => {
        const page = pageWith(made)
        const printed = page.words.map(({ text }) => text).join(" ")
        for (const { name, evidence } of interpretPages([page]).timeblocks) {
          for (const token of name.split(" ")) expect(printed).toContain(token)
          expect(evidence.name?.words.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 300 }
    )
  })
})
