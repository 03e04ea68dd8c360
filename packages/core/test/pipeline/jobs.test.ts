import {
  isLegalStatusChange,
  type JobStatus,
  jobStages,
  jobStatuses,
  ProcessingJobMetadata,
  stageQueues,
  stageStatuses,
  type Tier,
  tierRanks,
  tiers
} from "@timegrid/core"
import {
  firstThat,
  type JobState,
  jobMetadataOf,
  jobStatesAfter,
  type PipelineEvent,
  pendingJob,
  pipeline,
  type ReviewEvent,
  review,
  stage
} from "@timegrid/core/pipeline"
import { Effect } from "effect"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as z from "zod"
import { memoryStores } from "./stages.ts"

const confidence = z.number()
const reading = (name: string, tier: Tier, gives: number, options: { readonly jobStage?: "ocr" | "llm" } = {}) =>
  stage({
    ...options,
    name,
    version: "1",
    tier,
    needs: { pages: z.int() },
    gives: { confidence },
    notes: (given) => ({ confidence: given.confidence, ocrEngine: "tesseract-5.3.0" }),
    run: () => ({ confidence: gives })
  })

/** A pipeline with each of a job's stages, whose reading is as sure as `local`, then `model`. */
const documents = (local: number, model: number) =>
  pipeline("documents", { document: z.string() })
    .use(
      stage({
        name: "classification",
        version: "1",
        needs: { document: z.string() },
        gives: { kind: z.string() },
        notes: ({ kind }) => ({ classification: kind }),
        run: () => ({ kind: "pdf" })
      })
    )
    .use(
      stage({
        name: "preprocessing",
        version: "1",
        needs: { document: z.string(), kind: z.string() },
        gives: { pages: z.int() },
        notes: ({ pages }) => ({ pageCount: pages }),
        run: () => ({ pages: 1 })
      })
    )
    .use(
      firstThat("read", [reading("ocr", "tesseract", local), reading("model", "llm", model, { jobStage: "llm" })], {
        score: (given) => given.confidence,
        atLeast: 98
      })
    )
    .use(
      stage({
        name: "validation",
        version: "1",
        needs: { confidence },
        gives: { valid: z.number() },
        run: (given) => ({ valid: given.confidence })
      })
    )
    .use(review({ of: "valid", gives: "accepted", schema: z.number(), when: (valid) => valid < 98 }))
    .use(
      stage({
        name: "save",
        version: "1",
        needs: { accepted: z.number() },
        gives: { saved: z.boolean() },
        run: () => ({ saved: true })
      })
    )
    .provide(memoryStores())

const graph = documents(99, 99).explain()

/** The states of a job that is told of these events. */
const statesAfter = (events: ReadonlyArray<PipelineEvent | ReviewEvent>): ReadonlyArray<JobState> => {
  const states = [pendingJob]
  for (const event of events) states.push(...jobStatesAfter(graph, states.at(-1)!, event))
  return states
}

const statusesOf = (states: ReadonlyArray<JobState>): ReadonlyArray<JobStatus> =>
  states.map(({ status }) => status).filter((status, index, all) => status !== all[index - 1])

describe("a job's row", () => {
  test("follows a run that reads well at once", async () => {
    const events: Array<PipelineEvent> = []
    await documents(99.25, 0).run({ document: "" }, { onEvent: (event) => events.push(event) })
    const states = statesAfter(events)
    expect(statusesOf(states)).toEqual(["pending", "classifying", "preprocessing", "ocr", "validating", "completed"])
    expect(states.at(-1)).toMatchObject({ processingTier: "tesseract", confidence: 99.25, errorCode: null })
    // A stage of one's own keeps its own name, in the status of the stage before it.
    expect(states.at(-1)?.stage).toBe("save")
  })

  test("follows a run over the higher tiers to a person and back", async () => {
    const events: Array<PipelineEvent | ReviewEvent> = []
    const onEvent = (event: PipelineEvent) => events.push(event)
    const line = documents(80, 90)
    await line.run({ document: "" }, { runId: "r", onEvent })
    events.push({ type: "review:taken" }, { type: "review:returned" }, { type: "review:taken" })
    await line.answer("r", "review", 100)
    await line.resume("r", { onEvent })
    const states = statesAfter(events)
    expect(statusesOf(states)).toEqual([
      "pending",
      "classifying",
      "preprocessing",
      "ocr",
      "llm_processing",
      "validating",
      "hitl_pending",
      "hitl_in_progress",
      "hitl_pending",
      "hitl_in_progress",
      "completed"
    ])
    expect(states.map(({ processingTier }) => processingTier)).toContain("llm")
    expect(states.at(-1)?.processingTier).toBe("hitl")
    expect(states.map((state) => state.stage)).toContain("review")
  })

  test("is in progress before it is completed, also where nobody said that they took the task", async () => {
    const events: Array<PipelineEvent> = []
    const onEvent = (event: PipelineEvent) => events.push(event)
    const line = documents(80, 90)
    await line.run({ document: "" }, { runId: "r", onEvent })
    await line.answer("r", "review", 100)
    await line.resume("r", { onEvent })
    expect(statusesOf(statesAfter(events)).slice(-3)).toEqual(["hitl_pending", "hitl_in_progress", "completed"])
  })

  test("fails with the code of the error, and is pending again and counted when it is tried again", async () => {
    const events: Array<PipelineEvent> = []
    const onEvent = (event: PipelineEvent) => events.push(event)
    let isBroken = true
    const line = documents(99, 99).replace(
      "validation",
      stage.effect({
        name: "validation",
        version: "1",
        needs: { confidence },
        gives: { valid: z.number() },
        run: (given) =>
          Effect.suspend(() => (isBroken ? Effect.die("no") : Effect.succeed({ valid: given.confidence })))
      })
    )
    await expect(line.run({ document: "" }, { runId: "r", onEvent })).rejects.toBeDefined()
    expect(statesAfter(events).at(-1)).toMatchObject({ status: "failed", errorCode: "stage_failed" })
    isBroken = false
    await line.resume("r", { onEvent })
    const states = statesAfter(events)
    expect(statusesOf(states).slice(-4)).toEqual(["failed", "pending", "validating", "completed"])
    expect(states.at(-1)).toMatchObject({ retryCount: 1, errorCode: null, errorMessage: null })
  })

  test("of a cancelled run has failed as cancelled", () => {
    const base = { seq: 1, runId: "r", at: "2026-11-22T00:00:00.000Z" }
    const states = statesAfter([
      { ...base, type: "run:started", pipeline: "documents" },
      { ...base, type: "run:cancelled" }
    ])
    expect(states.at(-1)).toMatchObject({ status: "failed", errorCode: "cancelled" })
  })

  test("changes only as is legal, whatever happens in whatever order, and its tier only rises", () => {
    const base = { seq: 1, runId: "r", at: "2026-11-22T00:00:00.000Z" }
    const path = fc.constantFrom(
      ...["classification", "preprocessing", "read", "read/ocr", "read/model"],
      "validation",
      "save",
      "?"
    )
    const events: fc.Arbitrary<PipelineEvent | ReviewEvent> = fc.oneof(
      path.map((each) => ({ ...base, type: "stage:started" as const, stage: each })),
      fc.tuple(path, fc.constantFrom(...tiers)).map(([each, tier]) => ({
        ...base,
        type: "stage:finished" as const,
        stage: each,
        durationMs: 1,
        notes: { tier }
      })),
      fc.constantFrom<PipelineEvent | ReviewEvent>(
        { ...base, type: "run:resumed", pipeline: "documents" },
        { ...base, type: "review:waiting", stage: "review" },
        { ...base, type: "review:answered", stage: "review" },
        { ...base, type: "run:waiting", stages: ["review"], totalMs: 1 },
        { ...base, type: "run:completed", totalMs: 1 },
        { ...base, type: "run:failed", code: "timeout", errorClass: "transient", message: "", totalMs: 1 },
        { ...base, type: "run:cancelled" },
        { type: "review:taken" },
        { type: "review:returned" }
      )
    )
    const reached = new Set<JobStatus>()
    fc.assert(
      fc.property(fc.array(events, { maxLength: 40 }), (told) => {
        const states = statesAfter(told)
        for (const [index, { processingTier, status }] of states.entries()) {
          reached.add(status)
          const before = states[index - 1]
          if (before === undefined) continue
          if (before.status !== status) expect(isLegalStatusChange(before.status, status)).toBe(true)
          if (before.processingTier !== null)
            expect(tierRanks[processingTier!]).toBeGreaterThanOrEqual(tierRanks[before.processingTier])
        }
      }),
      { numRuns: 1_000, seed: 4 }
    )
    expect([...reached].sort()).toEqual([...jobStatuses].sort())
  })

  test("has a status and a queue for each of a job's stages", () => {
    for (const name of jobStages) {
      const only = pipeline("one", { pages: z.int() })
        .use(stage({ name, version: "1", needs: {}, gives: {}, run: () => ({}) }))
        .explain()
      const [state] = jobStatesAfter(only, pendingJob, {
        seq: 1,
        runId: "r",
        at: "2026-11-22T00:00:00.000Z",
        type: "stage:started",
        stage: name
      })
      // Who waits for a person is not at work: that status comes with the wait.
      if (name === "review") expect(stageQueues[name]).toBeNull()
      else expect(state).toMatchObject({ stage: name, status: stageStatuses[name] })
    }
  })
})

describe("a job's metadata", () => {
  test("has the fields of the seed's sample, and the time of stages of one's own beside them", async () => {
    const line = documents(99.25, 0)
    const { report } = await line.run({ document: "" })
    const metadata = jobMetadataOf(line.explain(), report)
    expect(ProcessingJobMetadata.parse(metadata)).toEqual(metadata)
    expect(metadata).toMatchObject({ classification: "pdf", pageCount: 1, ocrEngine: "tesseract-5.3.0" })
    expect(Object.keys(metadata.processingTime ?? {})).toEqual([
      "classification",
      "preprocessing",
      "ocr",
      "validation",
      "review",
      "save",
      "total"
    ])
  })

  test("is the same for the replay of a run", async () => {
    const line = documents(99.25, 0)
    const run = await line.run({ document: "" }, { runId: "r" })
    expect(jobMetadataOf(line.explain(), (await line.replay("r")).report)).toEqual(
      jobMetadataOf(line.explain(), run.report)
    )
  })
})
