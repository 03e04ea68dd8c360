/** What may be asked of repositories, drawn at random: calls that succeed and calls that constraints refuse. */
import { jobStatuses, type Weekday } from "@timegrid/core"
import {
  Extractions,
  ProcessingJobs,
  type RepositoryError,
  type RepositoryServices,
  ReviewTasks,
  Timeblocks,
  Timetables,
  UnitOfWork,
  UploadedDocuments,
  Users
} from "@timegrid/core/repository"
import { Effect } from "effect"
import * as fc from "fast-check"
import { documentInput, emptyExtraction, timeblockInput, timetableInput, unlike, userInput } from "./given.ts"

/** Few ids of each kind, so that calls meet; unlike those of any other run. */
export interface ModelIds {
  readonly users: ReadonlyArray<string>
  readonly timetables: ReadonlyArray<string>
  readonly timeblocks: ReadonlyArray<string>
  readonly documents: ReadonlyArray<string>
  readonly jobs: ReadonlyArray<string>
  readonly tasks: ReadonlyArray<string>
  /** Two addresses, and one of them in capitals. */
  readonly emails: ReadonlyArray<string>
  readonly keys: ReadonlyArray<string>
}

/** Ids for one run. */
export const modelIds = (): ModelIds => {
  const some = () => [unlike(), unlike(), unlike()]
  const email = `${unlike()}@school.example`
  return {
    users: some(),
    timetables: some(),
    timeblocks: some(),
    documents: some(),
    jobs: some(),
    tasks: some(),
    emails: [email, email.toUpperCase(), `${unlike()}@school.example`],
    keys: [unlike(), unlike()]
  }
}

/** One call, or some within a transaction. */
export type Operation = (
  ids: ModelIds
) => Effect.Effect<unknown, RepositoryError | "changed my mind", RepositoryServices>

const slot = fc.nat({ max: 2 })
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined })
const version = maybe(fc.integer({ min: 1, max: 3 })).map((ifVersion) => ({ ifVersion }))
const timetableStatus = fc.constantFrom("draft" as const, "active" as const)
const taskStatus = fc.constantFrom("pending" as const, "in_progress" as const, "completed" as const)
const jobStatus = fc.constantFrom(...jobStatuses)
const clock = fc.constantFrom("08:00", "09:00", "09:03", "10:00", "17:30")
const day = fc.constantFrom<Weekday>("Monday", "Friday", "Sunday")

/** What `place` names, or null for none. */
const orNull = (ids: ReadonlyArray<string>, place: number | undefined) => (place === undefined ? null : ids[place]!)

const onUsers = fc.oneof(
  fc.tuple(slot, slot).map(
    ([user, email]): Operation =>
      ({ emails, users }) =>
        Users.use(({ insert }) => insert(userInput({ id: users[user], email: emails[email]! })))
  ),
  fc.tuple(slot, slot, version).map(
    ([user, email, options]): Operation =>
      ({ emails, users }) =>
        Users.use(({ update }) => update(users[user]!, { email: emails[email]! }, options))
  ),
  fc.tuple(slot, version).map(
    ([user, options]): Operation =>
      ({ users }) =>
        Users.use(({ remove }) => remove(users[user]!, options))
  )
)

const onTimetables = fc.oneof(
  fc.tuple(slot, slot, timetableStatus).map(
    ([timetable, user, status]): Operation =>
      ({ timetables, users }) =>
        Timetables.use(({ insert }) => insert(timetableInput(users[user]!, { id: timetables[timetable], status })))
  ),
  fc.tuple(slot, maybe(slot), timetableStatus, version).map(
    ([timetable, user, status, options]): Operation =>
      ({ timetables, users }) =>
        Timetables.use(({ update }) =>
          update(timetables[timetable]!, { status, userId: user === undefined ? undefined : users[user] }, options)
        )
  ),
  fc.tuple(slot, version).map(
    ([timetable, options]): Operation =>
      ({ timetables }) =>
        Timetables.use(({ remove }) => remove(timetables[timetable]!, options))
  )
)

const onTimeblocks = fc.oneof(
  fc.array(fc.tuple(slot, slot, day), { maxLength: 3 }).map(
    (drawn): Operation =>
      ({ timeblocks, timetables }) =>
        Timeblocks.use(({ insertMany }) =>
          insertMany(
            drawn.map(([block, timetable, dayOfWeek], position) =>
              timeblockInput(timetables[timetable]!, { id: timeblocks[block], dayOfWeek, position })
            )
          )
        )
  ),
  fc.tuple(slot, maybe(clock), maybe(clock), version).map(
    ([block, startTime, endTime, options]): Operation =>
      ({ timeblocks }) =>
        Timeblocks.use(({ update }) => update(timeblocks[block]!, { startTime, endTime }, options))
  ),
  fc.tuple(slot, fc.array(slot, { maxLength: 2 }), version).map(
    ([timetable, blocks, options]): Operation =>
      ({ timeblocks, timetables }) =>
        Timeblocks.use(({ replaceAll }) => {
          const contents = blocks.map((block) => ({ ...timeblockInput(""), id: timeblocks[block]! }))
          return replaceAll(
            timetables[timetable]!,
            contents.map(({ timetableId: _, ...content }) => content),
            options
          )
        })
  ),
  fc.tuple(slot, fc.shuffledSubarray([0, 1, 2]), version).map(
    ([timetable, blocks, options]): Operation =>
      ({ timeblocks, timetables }) =>
        Timeblocks.use(({ reorder }) =>
          reorder(
            timetables[timetable]!,
            blocks.map((block) => timeblocks[block]!),
            options
          )
        )
  )
)

const onDocuments = fc.oneof(
  fc.tuple(slot, slot, maybe(slot), fc.nat({ max: 1 })).map(
    ([document, user, timetable, key]): Operation =>
      ({ documents, keys, timetables, users }) =>
        UploadedDocuments.use(({ insert }) =>
          insert(
            documentInput(users[user]!, {
              id: documents[document],
              timetableId: orNull(timetables, timetable),
              s3Key: keys[key]!
            })
          )
        )
  ),
  fc.tuple(slot, maybe(slot), version).map(
    ([document, timetable, options]): Operation =>
      ({ documents, timetables }) =>
        UploadedDocuments.use(({ update }) =>
          update(documents[document]!, { timetableId: orNull(timetables, timetable) }, options)
        )
  ),
  slot.map(
    (document): Operation =>
      ({ documents }) =>
        UploadedDocuments.use(({ remove }) => remove(documents[document]!))
  )
)

const onJobs = fc.oneof(
  fc.tuple(slot, slot, slot, maybe(slot), jobStatus).map(
    ([job, document, user, timetable, status]): Operation =>
      ({ documents, jobs, timetables, users }) =>
        ProcessingJobs.use(({ insert }) =>
          insert({
            id: jobs[job],
            documentId: documents[document]!,
            userId: users[user]!,
            timetableId: orNull(timetables, timetable),
            status
          })
        )
  ),
  fc.tuple(slot, jobStatus, maybe(slot), version).map(
    ([job, status, timetable, options]): Operation =>
      ({ jobs, timetables }) =>
        ProcessingJobs.use(({ update }) =>
          update(jobs[job]!, { status, timetableId: orNull(timetables, timetable) }, options)
        )
  ),
  fc.tuple(slot, slot).map(
    ([job, document]): Operation =>
      ({ documents, jobs }) =>
        Effect.asVoid(
          Extractions.use(({ save }) =>
            save({ jobId: jobs[job]!, documentId: documents[document]!, result: emptyExtraction() })
          )
        )
  )
)

const onTasks = fc.oneof(
  fc.tuple(slot, slot, maybe(slot), taskStatus).map(
    ([task, job, user, status]): Operation =>
      ({ jobs, tasks, users }) =>
        ReviewTasks.use(({ insert }) =>
          insert({ id: tasks[task], jobId: jobs[job]!, assignedTo: orNull(users, user), status })
        )
  ),
  fc.tuple(slot, taskStatus, version).map(
    ([task, status, options]): Operation =>
      ({ tasks }) =>
        ReviewTasks.use(({ update }) => update(tasks[task]!, { status }, options))
  )
)

const call = fc.oneof(onUsers, onTimetables, onTimeblocks, onDocuments, onJobs, onTasks)

/** Some in a row, and a change of mind at the end, maybe. */
const transactionOf = (steps: fc.Arbitrary<Operation>) =>
  fc.tuple(fc.array(steps, { minLength: 1, maxLength: 4 }), fc.boolean()).map(
    ([operations, fails]): Operation =>
      (ids) =>
        UnitOfWork.use(({ transaction }) =>
          transaction(
            Effect.gen(function* () {
              const results = yield* Effect.forEach(operations, (operation) => operation(ids))
              return fails ? yield* Effect.fail("changed my mind" as const) : results
            })
          )
        )
  )

const inner = transactionOf(call).map(
  (operation): Operation =>
    (ids) =>
      Effect.result(operation(ids))
)

/** Any operation. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: call },
  { weight: 1, arbitrary: transactionOf(fc.oneof({ weight: 3, arbitrary: call }, { weight: 1, arbitrary: inner })) }
)

/** Rows to begin with, so that operations have something to work on. */
export const firstRows = ({ documents, emails, jobs, keys, timetables, users }: ModelIds) =>
  Effect.gen(function* () {
    const [userId = ""] = users
    yield* Users.use(({ insert }) => insert(userInput({ id: userId, email: emails[0]! })))
    yield* Timetables.use(({ insert }) => insert(timetableInput(userId, { id: timetables[0], status: "active" })))
    yield* UploadedDocuments.use(({ insert }) => insert(documentInput(userId, { id: documents[0], s3Key: keys[0]! })))
    yield* ProcessingJobs.use(({ insert }) => insert({ id: jobs[0], documentId: documents[0]!, userId }))
  })
