import { describe, expect, it } from "vitest"
import { interpretPages } from "../../src/timetable/interpretPages.ts"
import { blankPage, wordsAt } from "../support/pages.ts"

const read = (...columns: ReadonlyArray<string>) => {
  const words = columns.flatMap((text, i) => wordsAt(text, 40 + i * 600, 100))
  return interpretPages([{ ...blankPage, words }]).timeblocks.map(
    ({ dayOfWeek, endTime, name, startTime }) => `${dayOfWeek?.slice(0, 3) ?? "?"} ${startTime}-${endTime} ${name}`
  )
}

describe("lists of days that stand side by side", () => {
  it("are read each below its own headings, although their lines stand on one height", () => {
    expect(
      read(
        "Monday\n9:00-9:45 Art\n9:45-10:30 Maths\n10:30-11:00 Choir\nTuesday\n9:00-9:45 PE\n9:45-10:30 Music",
        "Wednesday\n9:00-9:45 Music\n9:45-10:30 PE\nThursday\n9:00-9:45 Maths\n9:45-10:30 Art"
      )
    ).toEqual([
      "Mon 09:00-09:45 Art",
      "Mon 09:45-10:30 Maths",
      "Mon 10:30-11:00 Choir",
      "Tue 09:00-09:45 PE",
      "Tue 09:45-10:30 Music",
      "Wed 09:00-09:45 Music",
      "Wed 09:45-10:30 PE",
      "Thu 09:00-09:45 Maths",
      "Thu 09:45-10:30 Art"
    ])
  })

  it("are read to the end where one is longer than the other", () => {
    expect(
      read(
        "Monday\n9:00-9:45 Art\n9:45-10:30 Maths\nTuesday\n9:00-9:45 PE\n9:45-10:30 Music\nWednesday\n9:00-9:45 Choir\n9:45-10:30 Drama\n10:30-11:00 Recess",
        "Thursday\n9:00-9:45 Music\n9:45-10:30 PE"
      ).filter((lesson) => lesson.startsWith("Wed"))
    ).toEqual(["Wed 09:00-09:45 Choir", "Wed 09:45-10:30 Drama", "Wed 10:30-11:00 Recess"])
  })

  it("are no lists where a column holds times alone", () => {
    expect(read("9:00-9:45\n9:45-10:30", "Monday\nArt\nMaths")).not.toContain("Mon 09:00-09:45 null")
    expect(read("Time\n9:00-9:45\n9:45-10:30", "Monday\nArt\nMaths", "Tuesday\nPE\nMusic")).toEqual([
      "Mon 09:00-09:45 Art",
      "Mon 09:45-10:30 Maths",
      "Tue 09:00-09:45 PE",
      "Tue 09:45-10:30 Music"
    ])
  })
})
