import { readFileSync } from "node:fs"
import { type PipelineEvent, toMermaid } from "@timegrid/core/pipeline"
import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import * as examples from "./docs.examples.ts"

const page = readFileSync(new URL("../../../../docs/pipeline.md", import.meta.url), "utf8")
const source = readFileSync(new URL("docs.examples.ts", import.meta.url), "utf8")
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map(([, block]) => block!)
const document = () => new TextEncoder().encode("Monday: Maths\nTuesday: Art")

describe("docs/pipeline.md", () => {
  test("shows only samples that are compiled and run here", () => {
    expect(blocks("ts").length).toBeGreaterThan(5)
    for (const block of blocks("ts")) expect(source).toContain(block.trim())
  })

  test("shows the drawings that are generated", () => {
    expect(blocks("mermaid")).toEqual([toMermaid(examples.graph()), toMermaid(examples.standardGraph())])
  })

  test("says what its samples do", async () => {
    expect(await examples.oneRun()).toEqual([
      { day: "Monday", name: "Maths" },
      { day: "Tuesday", name: "Art" }
    ])
    const types: Array<string> = []
    const onEvent = ({ type }: PipelineEvent) => types.push(type)
    const { artifacts } = await examples.withPromises(document(), new AbortController().signal, onEvent)
    expect(types.at(-1)).toBe("run:completed")
    expect(artifacts.spelled[0]?.name).toBe("Maths!")
    const withEffect = examples.withEffect(document())
    const glossary = { nameOf: (short: string) => Effect.succeed(short.toUpperCase()) }
    const { lessons } = await Effect.runPromise(Effect.provideService(withEffect, examples.Glossary, glossary))
    expect(lessons[1]?.name).toBe("ART")
  })

  test("resumes, corrects and replays as it says", async () => {
    expect(await examples.oneReview(document())).toEqual([{ day: "Monday", name: "Maths" }])
    expect(JSON.stringify(await examples.replayed())).toBe(JSON.stringify(await examples.replayed()))
    expect((await examples.again()).status).toBe("waiting")
    expect((await examples.corrected()).status).toBe("waiting")
  })
})
