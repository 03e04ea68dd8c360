import { describe, expect, it } from "vitest"
import { oncePer } from "../../src/internal/oncePer.ts"

describe("oncePer", () => {
  it("runs a function once for each object, however often it is asked", () => {
    const asked: Array<string> = []
    const nameOf = oncePer(({ name }: { readonly name: string }) => {
      asked.push(name)
      return name === "" ? undefined : name
    })
    const [one, other, nameless] = [{ name: "a" }, { name: "a" }, { name: "" }]
    expect([one, other, one, nameless, other, nameless].map(nameOf)).toEqual(["a", "a", "a", undefined, "a", undefined])
    expect(asked).toEqual(["a", "a", ""])
  })
})
