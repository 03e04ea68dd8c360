/** What the compiler holds of pipelines; a broken promise, or a message that changes, fails the type check of the tests. */
import { BlobStore, MemoryBlobStore } from "@timegrid/core"
import { firstThat, Journal, MemoryJournal, type PipelineError, pipeline, review, stage } from "@timegrid/core/pipeline"
import { Context, Data, Effect } from "effect"
import * as z from "zod"

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <_ extends true>(): void => undefined

class Unreadable extends Data.TaggedError("Unreadable") {}
class Rooms extends Context.Service<Rooms, { readonly find: (name: string) => string }>()("school/Rooms") {}

const document = z.instanceof(Uint8Array)
const pages = z.array(z.string())
const blocks = z.int()
const inputs = { document: new Uint8Array() }

const classify = stage({
  name: "classify",
  version: "1",
  needs: { document },
  gives: { kind: z.enum(["pdf", "image"]) },
  run: () => ({ kind: "pdf" as const })
})
const readPages = stage.effect({
  name: "readPages",
  version: "1",
  needs: { document, kind: z.enum(["pdf", "image"]) },
  gives: { pages },
  run: () => Effect.fail(new Unreadable())
})
const interpret = stage({
  name: "interpret",
  version: "1",
  needs: { pages },
  gives: { blocks },
  run: async (needs) => ({ blocks: needs.pages.length })
})
const countLetters = stage({
  name: "countLetters",
  version: "1",
  needs: { pages: z.array(z.number()) },
  gives: { letters: z.int() },
  run: () => ({ letters: 0 })
})
const reading = <const Name extends string>(name: Name) =>
  stage({ name, version: "1", needs: { document }, gives: { pages }, run: () => ({ pages: [] }) })
const readAgain = reading("readAgain")
const approveNothing = stage({ name: "approveNothing", version: "1", needs: { pages }, gives: {}, run: () => ({}) })
const locate = stage.effect({
  name: "locate",
  version: "1",
  needs: { blocks },
  gives: { room: z.string() },
  run: (needs) => Rooms.useSync((rooms) => ({ room: rooms.find(String(needs.blocks)) }))
})
const approve = review({ of: "blocks", gives: "approved", schema: blocks, when: (count) => count === 0 })

const begun = pipeline("timetable", { document })
const readable = begun.use(classify).use(readPages)
const timetable = readable.use(interpret)
const located = timetable.use(locate)
const reviewed = timetable
  .use(approve)
  .provide(Journal, MemoryJournal.make())
  .provide(BlobStore, MemoryBlobStore.make())

// What has been gathered is known by name and type, and so is what can go wrong and what is still missing.
export const count: Promise<number> = timetable.run(inputs).then(({ artifacts }) => artifacts.blocks)
type Timetable = ReturnType<typeof timetable.effect>
holds<Same<Effect.Error<Timetable>, Unreadable | PipelineError>>()
holds<Same<Effect.Services<Timetable>, never>>()
holds<Same<Effect.Success<Timetable>["status"], "completed">>()
holds<Same<Effect.Services<ReturnType<typeof located.effect>>, Rooms>>()
holds<Same<Effect.Success<ReturnType<typeof reviewed.effect>>["status"], "completed" | "waiting">>()

// A missing artifact.
// @ts-expect-error 'interpret' needs 'pages', which no earlier stage gives
begun.use(interpret)
holds<Same<AskedBy<typeof begun.use<typeof interpret>>, "'interpret' needs 'pages', which no earlier stage gives">>()

// An artifact of the wrong type.
// @ts-expect-error 'countLetters' needs another type of 'pages' than is given
readable.use(countLetters)
holds<
  Same<AskedBy<typeof readable.use<typeof countLetters>>, "'countLetters' needs another type of 'pages' than is given">
>()

// A name used twice, be it a stage's or an artifact's.
// @ts-expect-error there is a stage 'classify' already
readable.use(classify)
holds<Same<AskedBy<typeof readable.use<typeof classify>>, "there is a stage 'classify' already">>()
// @ts-expect-error 'readAgain' gives 'pages', which is there already
readable.use(readAgain)
holds<Same<AskedBy<typeof readable.use<typeof readAgain>>, "'readAgain' gives 'pages', which is there already">>()

// A stage in another's place needs what was there, and gives what is relied upon.
timetable.replace("readPages", readAgain)
// @ts-expect-error 'interpret' is there already
timetable.replace("readPages", interpret)
// @ts-expect-error 'locate' needs 'blocks', which no earlier stage gives
timetable.replace("readPages", locate)
holds<
  Same<
    AskedBy<typeof timetable.replace<"readPages", typeof countLetters>, 1>,
    "'countLetters' needs 'pages', which no earlier stage gives"
  >
>()
holds<
  Same<
    AskedBy<typeof located.replace<"interpret", typeof approveNothing>, 1>,
    "'approveNothing' does not give 'blocks', which 'interpret' gives"
  >
>()
// @ts-expect-error there is no such stage
timetable.replace("lunch", readAgain)

// An unknown stage to resume from: those that there are stand in the message, with those inside others.
reviewed.resume("run", { from: "interpret", with: { pages: ["Monday"] } })
// @ts-expect-error there is no such stage
reviewed.resume("run", { from: "lunch" })
// @ts-expect-error 'pages' holds texts
reviewed.resume("run", { with: { pages: [1] } })
const ladder = begun
  .use(firstThat("read", [readAgain, reading("readTwice")], { score: () => 1, atLeast: 1 }))
  .provide(Journal, MemoryJournal.make())
  .provide(BlobStore, MemoryBlobStore.make())
ladder.resume("run", { from: "read/readTwice" })
// @ts-expect-error there is no such rung
ladder.resume("run", { from: "read/lunch" })

// A service that nobody provides.
// @ts-expect-error the service 'school/Rooms' is not provided
located.run(inputs)
holds<Same<AskedBy<typeof located.run>, "the service 'school/Rooms' is not provided">>()
located.provide(Rooms, { find: () => "1a" }).run(inputs)
// @ts-expect-error a journal has no place for bytes
timetable.provide(Journal, MemoryJournal.make()).run(inputs)
// @ts-expect-error only a run with a journal can be taken up again
timetable.resume("run")
// @ts-expect-error only a run with a journal can wait for a person
timetable.use(approve).run(inputs)

// Answers have the type of what the review gives, and go only to reviews.
reviewed.answer("run", "review", 3)
// @ts-expect-error blocks are counted
reviewed.answer("run", "review", "three")
// @ts-expect-error nobody is asked there
reviewed.answer("run", "interpret", 3)

// A pipeline can be a stage of another, but not wait for a person there.
holds<Same<ReturnType<typeof timetable.asStage<"blocks">>["name"], "timetable">>()
holds<
  Same<
    ReturnType<typeof reviewed.asStage<"approved">>,
    "'review' waits for a person, which no stage inside another can"
  >
>()

// A stage gives what it says.
// @ts-expect-error a count is no text
stage({ name: "x", version: "1", needs: {}, gives: { blocks }, run: () => ({ blocks: "three" }) })

type AskedBy<Method extends (...given: never) => unknown, Place extends number = 0> = Parameters<Method>[Place]
