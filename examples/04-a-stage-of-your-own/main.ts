// Adds a stage with a service of its own to the standard pipeline: node main.ts [FILE]
import { readFile } from "node:fs/promises"
import { UntimedExtraction } from "@timegrid/core"
import { stage } from "@timegrid/core/pipeline"
import { Context, Effect } from "effect"
import { createTimegrid } from "timegrid"
import * as z from "zod"

/** Who knows what the school calls its lessons; behind it may stand a table, a file, or a web service. */
class Subjects extends Context.Service<Subjects, { readonly isLesson: (name: string) => Effect.Effect<boolean> }>()(
  "school/Subjects"
) {}

const countLessons = stage.effect({
  name: "countLessons",
  version: "1",
  needs: { reading: UntimedExtraction },
  gives: { lessonsByDay: z.record(z.string(), z.int()) },
  run: ({ reading }) =>
    Effect.gen(function* () {
      const subjects = yield* Subjects
      const lessonsByDay: Record<string, number> = {}
      for (const { dayOfWeek, name } of reading.timeblocks)
        if (dayOfWeek !== null && (yield* subjects.isLesson(name)))
          lessonsByDay[dayOfWeek] = (lessonsByDay[dayOfWeek] ?? 0) + 1
      return { lessonsByDay }
    })
})

const file = process.argv[2] ?? new URL("../samples/class-week.pdf", import.meta.url)
const breaks = /break|lunch|registration|assembly|recess/i

const timegrid = await createTimegrid()
try {
  // Without the next line but one, the compiler says: the service 'school/Subjects' is not provided.
  const counting = timegrid.pipeline
    .use(countLessons)
    .provide(Subjects, { isLesson: (name) => Effect.succeed(!breaks.test(name)) })
  const { artifacts, report } = await counting.run({
    document: { file: "class-week.pdf", bytes: new Uint8Array(await readFile(file)) }
  })
  for (const [day, lessons] of Object.entries(artifacts.lessonsByDay)) console.log(`${day}: ${lessons} lessons`)
  console.error(report.stages.map(({ durationMs, stage }) => `${stage} ${durationMs.toFixed(1)} ms`).join(", "))
} finally {
  await timegrid.close()
}
