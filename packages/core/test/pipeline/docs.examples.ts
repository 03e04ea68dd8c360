/** The samples of docs/pipeline.md, where they are compiled and run. */
import {
  BlobStore,
  type CloudOcr,
  type LlmProvider,
  MemoryBlobStore,
  OcrProvider,
  standardPipeline,
  UntimedExtraction
} from "@timegrid/core"
import { type EventListener, firstThat, Journal, MemoryJournal, pipeline, review, stage } from "@timegrid/core/pipeline"
import { Context, Effect } from "effect"
import * as z from "zod"
import { modelThat, noMetadata } from "../llm/models.ts"

// A stage
const Lesson = z.object({ day: z.string(), name: z.string() })

const readText = stage({
  name: "readText",
  version: "1",
  needs: { document: z.instanceof(Uint8Array) },
  gives: { text: z.string() },
  run: ({ document }) => ({ text: new TextDecoder().decode(document) })
})

const findLessons = stage({
  name: "findLessons",
  version: "1",
  needs: { text: z.string() },
  gives: { lessons: z.array(Lesson) },
  run: ({ text }) => ({
    lessons: text.split("\n").map((line) => {
      const [day = "", name = ""] = line.split(": ")
      return { day, name }
    })
  })
})

// A pipeline
const timetable = pipeline("timetable", { document: z.instanceof(Uint8Array) })
  .use(readText)
  .use(findLessons)

export const oneRun = async () => {
  const document = new TextEncoder().encode("Monday: Maths\nTuesday: Art")
  const { artifacts } = await timetable.run({ document })
  return artifacts.lessons // [{ day: "Monday", name: "Maths" }, { day: "Tuesday", name: "Art" }]
}

// A service
export class Glossary extends Context.Service<
  Glossary,
  { readonly nameOf: (short: string) => Effect.Effect<string> }
>()("school/Glossary") {}

const spellOut = stage.effect({
  name: "spellOut",
  version: "1",
  needs: { lessons: z.array(Lesson) },
  gives: { spelled: z.array(Lesson) },
  run: ({ lessons }) =>
    Effect.gen(function* () {
      const glossary = yield* Glossary
      const spelled = yield* Effect.forEach(lessons, ({ day, name }) =>
        Effect.map(glossary.nameOf(name), (whole) => ({ day, name: whole }))
      )
      return { spelled }
    })
})

const spelled = timetable.use(spellOut).provide(Glossary, { nameOf: (short) => Effect.succeed(`${short}!`) })

// Promises or Effect
export const withPromises = (document: Uint8Array<ArrayBuffer>, signal: AbortSignal, onEvent: EventListener) =>
  spelled.run({ document }, { signal, onEvent })

export const withEffect = (document: Uint8Array<ArrayBuffer>) =>
  Effect.gen(function* () {
    const { artifacts, report } = yield* timetable.use(spellOut).effect({ document })
    return { lessons: artifacts.spelled, ms: report.totalMs }
  })

// A metered call
const askModel = stage({
  name: "askModel",
  version: "claude-2026-10/prompt-3",
  cost: "metered",
  needs: { text: z.string() },
  gives: { lessons: z.array(Lesson), confidence: z.number() },
  run: ({ text }, { call }) =>
    call(
      { provider: "anthropic", atMost: { usd: 0.02, pages: 1 }, timeout: "1 minute" },
      async ({ charge, signal }) => {
        const answer = await model.ask(text, signal)
        charge({ usd: answer.usd, pages: 1 })
        return { lessons: answer.lessons, confidence: answer.confidence }
      }
    )
})

// A ladder
const readLocally = stage({
  name: "readLocally",
  version: "1",
  needs: { text: z.string() },
  gives: { lessons: z.array(Lesson), confidence: z.number() },
  run: ({ text }) => ({ lessons: [{ day: "Monday", name: text }], confidence: 90 })
})

const read = firstThat("read", [readLocally, askModel], { score: ({ confidence }) => confidence, atLeast: 98 })

// A review
const approve = review({
  of: "lessons",
  gives: "approved",
  schema: z.array(Lesson),
  when: (lessons) => lessons.some(({ name }) => name === "")
})

const reviewed = pipeline("reviewed", { document: z.instanceof(Uint8Array) })
  .use(readText)
  .use(read)
  .use(approve)
  .provide(Journal, MemoryJournal.make())
  .provide(BlobStore, MemoryBlobStore.make())

export const oneReview = async (document: Uint8Array<ArrayBuffer>) => {
  const run = await reviewed.run({ document }, { runId: "week-36", budget: { usd: 0.05 } })
  if (run.status === "completed") return run.artifacts.approved
  // Any time later, in this process or another:
  await reviewed.answer("week-36", "review", [{ day: "Monday", name: "Maths" }])
  const resumed = await reviewed.resume("week-36")
  return resumed.status === "completed" ? resumed.artifacts.approved : null
}

// Again from a stage
export const again = () => reviewed.resume("week-36", { from: "read/askModel" })
export const corrected = () => reviewed.resume("week-36", { with: { text: "Monday: Music" } })
export const replayed = () => reviewed.replay("week-36")

// The standard pipeline
const countLessons = stage({
  name: "countLessons",
  version: "1",
  needs: { reading: UntimedExtraction },
  gives: { lessonCount: z.int() },
  run: ({ reading }) => ({ lessonCount: reading.timeblocks.length })
})

export const counted = (vision: CloudOcr, claude: LlmProvider["Service"]) =>
  standardPipeline({
    cloudOcr: [vision],
    llm: [claude],
    routing: { acceptFrom: { errorRate: 0.01 }, sampleShare: 0.02 }
  }).use(countLessons)

/** Stands for a model in the samples; it cannot make a name out. */
const model = {
  ask: async (_text: string, _signal: AbortSignal) => ({
    lessons: [{ day: "Monday", name: "" }],
    confidence: 99,
    usd: 0.01
  })
}

export const graph = () => reviewed.explain()

const vision: CloudOcr = {
  provider: "vision",
  ocr: OcrProvider.of({ engine: "vision@1", granularity: "page", concurrency: 1, recognize: () => Effect.succeed([]) }),
  usdPerPage: 0.0015
}

export const standardGraph = () =>
  standardPipeline({ cloudOcr: [vision], llm: [modelThat(() => silence).provider] }).explain()

const silence = { metadata: noMetadata, timeblocks: [] }
