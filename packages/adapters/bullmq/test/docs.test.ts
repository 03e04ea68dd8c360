import { readFileSync } from "node:fs"
import { assert, it } from "@effect/vitest"
import { MemoryJobs } from "@timegrid/core/queue"
import { Effect } from "effect"
import { oneWorker } from "./docs.examples.ts"

const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8")

it("the README shows only samples that are compiled here", () => {
  const compiled = read("docs.examples.ts")
    .split("\n")
    .map((line) => line.trim())
  const samples = [...read("../README.md").matchAll(/```ts\n(.*?)```/gs)].flatMap(([, sample]) => sample!.split("\n"))
  const lines = samples.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("import "))
  assert.isAtLeast(lines.length, 5)
  for (const line of lines) assert.include(compiled, line)
})

it.live("the sample starts and stops, whether there is such a Redis or not", () =>
  Effect.scoped(oneWorker()).pipe(Effect.provide(MemoryJobs.layer()))
)
