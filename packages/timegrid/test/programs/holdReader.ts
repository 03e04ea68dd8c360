import { defaultLimits } from "@timegrid/core"
import { Effect } from "effect"
import { isolateReader } from "../../src/isolation/isolateReader.ts"
import { makeParserPool } from "../../src/isolation/ParserPool.ts"
import { obey, reader } from "../readers/obedient.ts"

// Prints the id of its parser process, then keeps that busy for ever.
const program = Effect.gen(function* () {
  const limits = { ...defaultLimits, cpuSeconds: 600, wallSeconds: 600 }
  const pool = yield* makeParserPool({ modules: [], size: 1, memoryBytes: limits.memoryBytes })
  const isolated = isolateReader(reader, pool)
  const { pages } = yield* Effect.scoped(isolated.open(obey("say pid"), limits))
  process.stdout.write(`${pages[0]?.words[0]?.text}\n`)
  yield* isolated.open(obey("loop for ever"), limits)
})

await Effect.runPromise(Effect.scoped(program))
