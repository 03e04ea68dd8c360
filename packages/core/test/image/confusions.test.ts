import { describe, expect, it } from "vitest"
import { withoutConfusions } from "../../src/image/confusions.ts"

describe("withoutConfusions", () => {
  it.each([
    ["Al", "AI"],
    ["[Al]", "[AI]"],
    ["ICTl:", "ICTI:"]
  ])("reads %j as %j", (read, meant) => {
    expect(withoutConfusions(read)).toBe(meant)
  })

  it.each(["Art", "Alto", "all", "l", "PE", "Al-Farabi"])("leaves %j alone", (text) => {
    expect(withoutConfusions(text)).toBe(text)
  })
})
