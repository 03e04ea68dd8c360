import { describe, expect, it } from "vitest"
import { writtenLanguage } from "../../src/timetable/writtenLanguage.ts"

const codeOf = (...texts: ReadonlyArray<string>) => writtenLanguage(texts)?.code ?? null

describe("writtenLanguage", () => {
  it("is the one that most days are named in", () => {
    expect(codeOf("Monday", "Art", "Tuesday")).toBe("en")
    expect(codeOf("LUNDI", "Dictée", "Mercredi")).toBe("fr")
    expect(codeOf("lundi 3 mars", "vendredi 7 mars", "Monday")).toBe("fr")
  })

  it("is told by abbreviations that one language alone has", () => {
    expect(codeOf("lun.", "jeu.", "ven.")).toBe("fr")
    expect(codeOf("Tue", "Wed", "Thu")).toBe("en")
  })

  it("is open where one day at most is named, and where languages are even", () => {
    expect(codeOf("Maths", "9:00", "Monday", "Monday")).toBeNull()
    expect(codeOf("Maths", "Sam", "Monday")).toBeNull()
    expect(codeOf("lundi", "mardi", "Monday", "Tuesday")).toBeNull()
    expect(codeOf()).toBeNull()
  })

  it("takes no initials and no parts of words", () => {
    expect(codeOf("L M M J V", "We", "Mo", "Th")).toBeNull()
    expect(codeOf("lundis", "mardis")).toBeNull()
  })
})
