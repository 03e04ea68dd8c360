import { readFileSync } from "node:fs"
import path from "node:path"
import { describe, expect, it } from "vitest"
import { rules } from "../accuracy/ruleList.ts"

const core = path.join(import.meta.dirname, "../../packages/core/src")

describe("the list of rules", () => {
  it.each(rules.map((rule) => [rule.name, rule] as const))("takes %s out of the source as it is today", (_, rule) => {
    const source = readFileSync(path.join(core, rule.file), "utf8")
    expect(source.split(rule.from)).toHaveLength(2)
    expect(rule.to).not.toBe(rule.from)
  })

  it("names each rule once", () => {
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length)
  })
})
