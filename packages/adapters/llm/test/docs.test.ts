import { readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"
import { LlmProvider } from "@timegrid/core"
import { Effect } from "effect"
import * as examples from "./docs.examples.ts"
import { services, told } from "./services.ts"

const source = readFileSync(new URL("docs.examples.ts", import.meta.url), "utf8")

/** The lines of a sample besides imports, as they stand in a function. */
const linesOf = (sample: string) =>
  sample
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("import "))

const samplesOf = (file: string) => {
  const text = readFileSync(new URL(file, import.meta.url), "utf8")
  // Of a page on several things, what it says on this one.
  const section = /\n## Language models\n.*?(?=\n## |$)/s.exec(text)?.[0] ?? text
  return [...section.matchAll(/```ts\n(.*?)```/gs)].map(([, sample]) => sample!)
}

describe("the documentation", () => {
  it.each(["../README.md", "../../../../docs/providers.md"])("%s shows only samples that are compiled here", (file) => {
    const compiled = source.split("\n").map((line) => line.trim())
    const samples = samplesOf(file)
    assert.isAtLeast(samples.length, 2)
    for (const line of samples.flatMap(linesOf)) assert.include(compiled, line)
  })

  it.effect("makes the models that it says", () =>
    Effect.gen(function* () {
      const engineOf = LlmProvider.use(({ engine }) => Effect.succeed(engine))
      assert.strictEqual(yield* Effect.provide(engineOf, examples.byName()), "openai:gpt-5-mini")
      assert.strictEqual(yield* Effect.provide(engineOf, examples.gateway()), "our-gateway:some-model")
      // A document without words is not worth a question, and so needs no key.
      assert.strictEqual((yield* examples.handedIn([], [])).calls, 0)
    })
  )

  it.effect("lists what it says", () =>
    Effect.scoped(
      Effect.gen(function* () {
        const { llm } = yield* told(services[0]!, () => ({ silent: true }))
        assert.deepStrictEqual(yield* examples.listed([], llm), { accepted: 0, dropped: 0, usd: 0 })
      })
    )
  )
})
