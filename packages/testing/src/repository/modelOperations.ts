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
export interface Operation {
  readonly run: (ids: ModelIds) => Effect.Effect<unknown, RepositoryError | "changed my mind", RepositoryServices>
  /** How a counterexample shows it. */
  readonly [fc.toStringMethod]: () => string
}

const operationOf = <Drawn extends ReadonlyArray<unknown>>(
  name: string,
  drawn: fc.Arbitrary<Drawn>,
  run: (ids: ModelIds, ...drawn: Drawn) => ReturnType<Operation["run"]>
): fc.Arbitrary<Operation> =>
  drawn.map((values) => ({
    run: (ids) => run(ids, ...values),
    [fc.toStringMethod]: () => `${name}(${values.map((value) => fc.stringify(value)).join(", ")})`
  }))

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
  operationOf("insert user", fc.tuple(slot, slot), ({ emails, users }, user, email) =>
    Users.use(({ insert }) => insert(userInput({ id: users[user], email: emails[email]! })))
  ),
  operationOf("update user", fc.tuple(slot, slot, version), ({ emails, users }, user, email, options) =>
    Users.use(({ update }) => update(users[user]!, { email: emails[email]! }, options))
  ),
  operationOf("remove user", fc.tuple(slot, version), ({ users }, user, options) =>
    Users.use(({ remove }) => remove(users[user]!, options))
  )
)

const onTimetables = fc.oneof(
  operationOf(
    "insert timetable",
    fc.tuple(slot, slot, timetableStatus),
    ({ timetables, users }, timetable, user, status) =>
      Timetables.use(({ insert }) => insert(timetableInput(users[user]!, { id: timetables[timetable], status })))
  ),
  operationOf(
    "update timetable",
    fc.tuple(slot, maybe(slot), timetableStatus, version),
    ({ timetables, users }, timetable, user, status, options) =>
      Timetables.use(({ update }) =>
        update(timetables[timetable]!, { status, userId: user === undefined ? undefined : users[user] }, options)
      )
  ),
  operationOf("remove timetable", fc.tuple(slot, version), ({ timetables }, timetable, options) =>
    Timetables.use(({ remove }) => remove(timetables[timetable]!, options))
  )
)

const onTimeblocks = fc.oneof(
  operationOf(
    "insert timeblocks",
    fc.array(fc.tuple(slot, slot, day), { maxLength: 3 }),
    ({ timeblocks, timetables }, ...drawn) =>
      Timeblocks.use(({ insertMany }) =>
        insertMany(
          drawn.map(([block, timetable, dayOfWeek], position) =>
            timeblockInput(timetables[timetable]!, { id: timeblocks[block], dayOfWeek, position })
          )
        )
      )
  ),
  operationOf(
    "update timeblock",
    fc.tuple(slot, maybe(clock), maybe(clock), version),
    ({ timeblocks }, block, startTime, endTime, options) =>
      Timeblocks.use(({ update }) => update(timeblocks[block]!, { startTime, endTime }, options))
  ),
  operationOf(
    "replace timeblocks",
    fc.tuple(slot, fc.array(slot, { maxLength: 2 }), version),
    ({ timeblocks, timetables }, timetable, blocks, options) =>
      Timeblocks.use(({ replaceAll }) => {
        const { timetableId: _, ...content } = timeblockInput("")
        const contents = blocks.map((block) => ({ ...content, id: timeblocks[block]! }))
        return replaceAll(timetables[timetable]!, contents, options)
      })
  ),
  operationOf(
    "reorder timeblocks",
    fc.tuple(slot, fc.shuffledSubarray([0, 1, 2]), version),
    ({ timeblocks, timetables }, timetable, blocks, options) =>
      Timeblocks.use(({ reorder }) => {
        const ids = blocks.map((block) => timeblocks[block]!)
        return reorder(timetables[timetable]!, ids, options)
      })
  )
)

const onDocuments = fc.oneof(
  operationOf(
    "insert document",
    fc.tuple(slot, slot, maybe(slot), fc.nat({ max: 1 })),
    ({ documents, keys, timetables, users }, document, user, timetable, key) =>
      UploadedDocuments.use(({ insert }) => {
        const timetableId = orNull(timetables, timetable)
        return insert(documentInput(users[user]!, { id: documents[document], timetableId, s3Key: keys[key]! }))
      })
  ),
  operationOf(
    "update document",
    fc.tuple(slot, maybe(slot), version),
    ({ documents, timetables }, document, timetable, options) =>
      UploadedDocuments.use(({ update }) =>
        update(documents[document]!, { timetableId: orNull(timetables, timetable) }, options)
      )
  ),
  operationOf("remove document", fc.tuple(slot), ({ documents }, document) =>
    UploadedDocuments.use(({ remove }) => remove(documents[document]!))
  )
)

const onJobs = fc.oneof(
  operationOf(
    "insert job",
    fc.tuple(slot, slot, slot, maybe(slot), jobStatus),
    ({ documents, jobs, timetables, users }, job, document, user, timetable, status) =>
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
  operationOf(
    "update job",
    fc.tuple(slot, jobStatus, maybe(slot), version),
    ({ jobs, timetables }, job, status, timetable, options) =>
      ProcessingJobs.use(({ update }) =>
        update(jobs[job]!, { status, timetableId: orNull(timetables, timetable) }, options)
      )
  ),
  operationOf("save extraction", fc.tuple(slot, slot), ({ documents, jobs }, job, document) =>
    Extractions.use(({ save }) =>
      save({ jobId: jobs[job]!, documentId: documents[document]!, result: emptyExtraction() })
    )
  )
)

const onTasks = fc.oneof(
  operationOf(
    "insert task",
    fc.tuple(slot, slot, maybe(slot), taskStatus),
    ({ jobs, tasks, users }, task, job, user, status) =>
      ReviewTasks.use(({ insert }) =>
        insert({ id: tasks[task], jobId: jobs[job]!, assignedTo: orNull(users, user), status })
      )
  ),
  operationOf("update task", fc.tuple(slot, taskStatus, version), ({ tasks }, task, status, options) =>
    ReviewTasks.use(({ update }) => update(tasks[task]!, { status }, options))
  )
)

const call = fc.oneof(onUsers, onTimetables, onTimeblocks, onDocuments, onJobs, onTasks)

/** Some in a row, and a change of mind at the end, maybe. */
const stepsOf = (step: fc.Arbitrary<Operation>) =>
  fc.tuple(fc.array(step, { minLength: 1, maxLength: 4 }), fc.boolean())

const inTransaction = (ids: ModelIds, operations: ReadonlyArray<Operation>, fails: boolean) =>
  UnitOfWork.use(({ transaction }) =>
    transaction(
      Effect.gen(function* () {
        const results = yield* Effect.forEach(operations, ({ run }) => run(ids))
        return fails ? yield* Effect.fail("changed my mind" as const) : results
      })
    )
  )

const innerTransaction = operationOf("inner transaction", stepsOf(call), (ids, operations, fails) =>
  Effect.result(inTransaction(ids, operations, fails))
)

/** Any operation. */
export const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 6, arbitrary: call },
  {
    weight: 1,
    arbitrary: operationOf(
      "transaction",
      stepsOf(fc.oneof({ weight: 3, arbitrary: call }, { weight: 1, arbitrary: innerTransaction })),
      inTransaction
    )
  }
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
