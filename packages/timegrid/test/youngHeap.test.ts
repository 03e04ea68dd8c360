import { execFileSync } from "node:child_process"
import { expect, it } from "vitest"

const module = new URL("../src/command/youngHeap.ts", import.meta.url).href

/** Bytes that a process has for new objects after it has made many, a part of which lived on for a while. */
const youngHeapAfter = (first: string): number => {
  const program = `
    import { getHeapSpaceStatistics } from "node:v8"
    ${first}
    const alive = []
    for (let i = 0; i < 5e6; i++) alive[i % 3e5] = { i }
    const { space_size } = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space")
    process.stdout.write(String(space_size))`
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" }))
}

it("keeps the room for new objects as it is, which otherwise grows with what lives on", () => {
  const kept = youngHeapAfter(`import { keepYoungHeapSmall } from ${JSON.stringify(module)}\nkeepYoungHeapSmall()`)
  expect(kept).toBeLessThan(youngHeapAfter("") / 4)
})
