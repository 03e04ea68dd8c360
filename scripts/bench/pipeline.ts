// What the pipeline engine itself costs: six stages that do nothing, beside the same six as bare awaits, in Effect's own
// workflow engine (in memory) and in XState: node scripts/bench/pipeline.ts
// All take turns of some runs, so that they meet the same load of the machine, but not each other's caches at each run.
import os from "node:os"
import process from "node:process"
import { pathToFileURL } from "node:url"
import { Context, Effect, Layer, ManagedRuntime, Schema } from "effect"
import { Activity, Workflow, WorkflowEngine } from "effect/workflow"
import { assign, createActor, fromPromise, setup, toPromise } from "xstate"
import * as z from "zod"
import { BlobStore, MemoryBlobStore } from "../../packages/core/src/index.ts"
import { Journal, MemoryJournal, pipeline, stage } from "../../packages/core/src/pipeline/index.ts"
import { median, table } from "./report.ts"

const stageCount = 6
const turns = 30
const turnsToWarmUp = 15
const runsPerTurn = 100

/** Microseconds a stage that are promised, in the middle of all runs. */
const promised: Readonly<Record<string, number>> = { "ours, no journal": 20, "ours, memory journal": 40 }

/** Runs the six stages on a number and gives it back. */
type Contestant = (value: number) => Promise<number>

const work = async (value: number): Promise<number> => value

const bareAwaits: Contestant = async (value) => {
  let given = value
  for (let count = 0; count < stageCount; count++) given = await work(given)
  return given
}

const number = z.number()
const six = pipeline("six", { a: number })
  .use(
    stage({
      name: "s1",
      version: "1",
      needs: { a: number },
      gives: { b: number },
      run: async ({ a }) => ({ b: await work(a) })
    })
  )
  .use(
    stage({
      name: "s2",
      version: "1",
      needs: { b: number },
      gives: { c: number },
      run: async ({ b }) => ({ c: await work(b) })
    })
  )
  .use(
    stage({
      name: "s3",
      version: "1",
      needs: { c: number },
      gives: { d: number },
      run: async ({ c }) => ({ d: await work(c) })
    })
  )
  .use(
    stage({
      name: "s4",
      version: "1",
      needs: { d: number },
      gives: { e: number },
      run: async ({ d }) => ({ e: await work(d) })
    })
  )
  .use(
    stage({
      name: "s5",
      version: "1",
      needs: { e: number },
      gives: { f: number },
      run: async ({ e }) => ({ f: await work(e) })
    })
  )
  .use(
    stage({
      name: "s6",
      version: "1",
      needs: { f: number },
      gives: { g: number },
      run: async ({ f }) => ({ g: await work(f) })
    })
  )

const withoutJournal: Contestant = async (a) => (await six.run({ a })).artifacts.g

/** Stores that are emptied now and then, so that what is measured is not how they fill the memory. */
const withJournal = (): Contestant => {
  let count = 0
  let kept = six.provide(Context.empty())
  return async (a) => {
    if (count++ % 500 === 0)
      kept = six.provide(
        Context.mergeAll(Context.make(Journal, MemoryJournal.make()), Context.make(BlobStore, MemoryBlobStore.make()))
      )
    return (await kept.run({ a })).artifacts.g
  }
}

const effectWorkflow = (): { readonly run: Contestant; readonly close: () => Promise<void> } => {
  const Six = Workflow.make("Six", {
    payload: { id: Schema.Number, value: Schema.Number },
    success: Schema.Number,
    idempotencyKey: ({ id }) => String(id)
  })
  const sixActivities = Six.toLayer(
    Effect.fnUntraced(function* ({ value }) {
      let given = value
      for (let count = 0; count < stageCount; count++) {
        const before = given
        given = yield* Activity.make({
          name: `s${count}`,
          success: Schema.Number,
          execute: Effect.promise(() => work(before))
        })
      }
      return given
    })
  )
  const runtime = ManagedRuntime.make(Layer.provideMerge(sixActivities, WorkflowEngine.layerMemory))
  let id = 0
  return {
    run: (value) => runtime.runPromise(Six.execute({ id: id++, value })),
    close: () => runtime.dispose()
  }
}

const xstate = (): Contestant => {
  const machine = setup({
    types: { context: {} as { value: number; count: number }, input: {} as number, output: {} as number },
    actors: { work: fromPromise<number, number>(({ input }) => work(input)) },
    guards: { isLast: ({ context }) => context.count === stageCount - 1 }
  }).createMachine({
    context: ({ input }) => ({ value: input, count: 0 }),
    initial: "working",
    states: {
      working: {
        invoke: {
          src: "work",
          input: ({ context }) => context.value,
          onDone: [
            { guard: "isLast", target: "done", actions: assign({ value: ({ event }) => event.output }) },
            {
              target: "working",
              reenter: true,
              actions: assign({ value: ({ event }) => event.output, count: ({ context }) => context.count + 1 })
            }
          ]
        }
      },
      done: { type: "final" }
    },
    output: ({ context }) => context.value
  })
  return (value) => toPromise(createActor(machine, { input: value }).start())
}

/** Measures all contestants and prints what a stage costs in each; false when a promise is broken. */
export async function measurePipeline(): Promise<boolean> {
  const workflow = effectWorkflow()
  const contestants: Readonly<Record<string, Contestant>> = {
    "bare awaits": bareAwaits,
    "ours, no journal": withoutJournal,
    "ours, memory journal": withJournal(),
    "Effect workflow, memory": workflow.run,
    XState: xstate()
  }
  const times = new Map(Object.keys(contestants).map((name) => [name, [] as Array<number>]))
  try {
    for (let turn = -turnsToWarmUp; turn < turns; turn++)
      for (const [name, run] of Object.entries(contestants))
        for (let value = 0; value < runsPerTurn; value++) {
          const start = performance.now()
          if ((await run(value)) !== value) throw new Error(`${name} has lost its number`)
          if (turn >= 0) times.get(name)!.push(((performance.now() - start) * 1_000) / stageCount)
        }
  } finally {
    await workflow.close()
  }
  const medians = [...times].map(([name, each]) => [name, median(each)] as const)
  const rows = medians.map(([name, middle]) => [
    name,
    middle.toFixed(1),
    name in promised ? `at most ${promised[name]}` : ""
  ])
  process.stdout.write(`${table(["six stages that do nothing", "µs a stage (median)", "promised"], rows)}\n`)
  process.stdout.write(`load ${os.loadavg()[0]!.toFixed(1)} on ${os.availableParallelism()} processors\n`)
  return medians.every(([name, middle]) => middle <= (promised[name] ?? Number.POSITIVE_INFINITY))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href && !(await measurePipeline())) process.exitCode = 1
