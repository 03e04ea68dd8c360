import { pipeline, stage } from "@timegrid/core/pipeline"
import { Context, Effect } from "effect"
import { expect, test } from "vitest"
import * as z from "zod"

class Rooms extends Context.Service<Rooms, { readonly of: (lesson: string) => Effect.Effect<string> }>()(
  "school/Rooms"
) {}

const locate = stage.effect({
  name: "locate",
  version: "1",
  needs: { lesson: z.string() },
  gives: { room: z.string() },
  run: ({ lesson }) => Rooms.use((rooms) => Effect.map(rooms.of(lesson), (room) => ({ room })))
})

test("a stage of one's own uses a service of one's own", async () => {
  const located = pipeline("lessons", { lesson: z.string() }).use(locate)
  const { artifacts } = await located.provide(Rooms, { of: () => Effect.succeed("Gym") }).run({ lesson: "PE" })
  expect(artifacts.room).toBe("Gym")
})
