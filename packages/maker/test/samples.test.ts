import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { makeSample, samples } from "../src/samples.ts"

const folder = new URL("../../../examples/samples/", import.meta.url)

describe("the samples of the repository", () => {
  it.each(samples.map((sample) => [sample.name, sample] as const))(
    "%s is what the maker makes today",
    async (name, sample) => {
      const { truth } = await makeSample(sample)
      const kept: unknown = JSON.parse(readFileSync(new URL(`truth/${name}.json`, folder), "utf8"))
      assert.deepStrictEqual(kept, JSON.parse(JSON.stringify(truth)))
      assert.isBelow(readFileSync(new URL(truth.file, folder)).length, 300_000)
    }
  )
})
