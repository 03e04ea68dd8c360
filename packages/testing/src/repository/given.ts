/** Rows for the contract suites: valid, unlike any other, each with the rows that it needs. */
import type { Extraction, TimeblockInput, TimetableInput, UserInput } from "@timegrid/core"
import {
  Extractions,
  ProcessingJobs,
  ReviewTasks,
  Timeblocks,
  Timetables,
  UploadedDocuments,
  Users,
  Webhooks
} from "@timegrid/core/repository"
import { Effect } from "effect"

/** A text that occurs nowhere else, short enough for every column. */
export const unlike = (): string => crypto.randomUUID()

export const userInput = (given: Partial<UserInput> = {}): UserInput => ({
  email: `${unlike()}@school.example`,
  passwordHash: "scrypt$hash",
  firstName: "Ada",
  lastName: "Byron",
  ...given
})

export const givenUser = (given?: Partial<UserInput>) => Users.use((users) => users.insert(userInput(given)))

export const timetableInput = (userId: string, given: Partial<TimetableInput> = {}): TimetableInput => ({
  userId,
  name: "Class 5B",
  year: 2031,
  ...given
})

export const givenTimetable = Effect.fnUntraced(function* (given: Partial<TimetableInput> = {}) {
  const userId = given.userId ?? (yield* givenUser()).id
  return yield* Timetables.use((timetables) => timetables.insert(timetableInput(userId, given)))
})

export const timeblockInput = (timetableId: string, given: Partial<TimeblockInput> = {}): TimeblockInput => ({
  timetableId,
  name: "Maths",
  dayOfWeek: "Monday",
  startTime: "09:00",
  endTime: "10:00",
  ...given
})

export const givenTimeblock = Effect.fnUntraced(function* (given: Partial<TimeblockInput> = {}) {
  const timetableId = given.timetableId ?? (yield* givenTimetable()).id
  return yield* Timeblocks.use((timeblocks) => timeblocks.insert(timeblockInput(timetableId, given)))
})

type DocumentInput = Parameters<UploadedDocuments["Service"]["insert"]>[0]

export const documentInput = (userId: string, given: Partial<DocumentInput> = {}): DocumentInput => ({
  userId,
  fileName: "week.pdf",
  fileType: "application/pdf",
  fileSize: 1234,
  s3Bucket: "local",
  s3Key: `uploads/2031/02/03/${unlike()}.pdf`,
  ...given
})

export const givenDocument = Effect.fnUntraced(function* (given: Partial<DocumentInput> = {}) {
  const userId = given.userId ?? (yield* givenUser()).id
  return yield* UploadedDocuments.use((documents) => documents.insert(documentInput(userId, given)))
})

type JobInput = Parameters<ProcessingJobs["Service"]["insert"]>[0]

/** A job of a document of its own, unless another is given with its user. */
export const jobInput = Effect.fnUntraced(function* (given: Partial<JobInput> = {}) {
  if (given.documentId !== undefined && given.userId !== undefined)
    return { ...given, documentId: given.documentId, userId: given.userId }
  const document = yield* givenDocument(given.userId === undefined ? {} : { userId: given.userId })
  return { documentId: document.id, userId: document.userId, ...given }
})

export const givenJob = Effect.fnUntraced(function* (given: Partial<JobInput> = {}) {
  const input = yield* jobInput(given)
  return yield* ProcessingJobs.use((jobs) => jobs.insert(input))
})

type TaskInput = Parameters<ReviewTasks["Service"]["insert"]>[0]

export const givenReviewTask = Effect.fnUntraced(function* (given: Partial<TaskInput> = {}) {
  const jobId = given.jobId ?? (yield* givenJob()).id
  return yield* ReviewTasks.use((tasks) => tasks.insert({ jobId, ...given }))
})

/** A result of a page without anything on it. */
export const emptyExtraction = (given: Partial<Extraction> = {}): Extraction => ({
  schemaVersion: 1,
  file: "week.pdf",
  documentHash: `sha256:${"0".repeat(64)}`,
  documentType: "application/pdf",
  pages: [{ page: 1, widthPx: 2480, heightPx: 1754, rotation: 0, tier: "native" }],
  metadata: { schoolName: null, className: null, teacher: null, term: null, year: null },
  timeblocks: [],
  markers: [],
  confidence: 0,
  tier: "native",
  warnings: [{ code: "no_timetable", message: "No timetable was found" }],
  timings: { classification: 1, preprocessing: 0, ocr: 0, interpretation: 9, validation: 1, total: 12 },
  ...given
})

export const givenExtraction = Effect.fnUntraced(function* () {
  const job = yield* givenJob()
  const kept = { documentId: job.documentId, jobId: job.id, schemaVersion: 1, result: emptyExtraction() }
  return yield* Extractions.use((extractions) => extractions.insert(kept))
})

type WebhookInput = Parameters<Webhooks["Service"]["insert"]>[0]

export const givenWebhook = Effect.fnUntraced(function* (given: Partial<WebhookInput> = {}) {
  const userId = given.userId ?? (yield* givenUser()).id
  const input = { url: "https://hook.example/timegrid", secret: "whsec_1", events: ["job:completed"], userId, ...given }
  return yield* Webhooks.use((webhooks) => webhooks.insert(input))
})
