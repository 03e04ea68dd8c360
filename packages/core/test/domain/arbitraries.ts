import {
  type ApiMetric,
  type AuditLog,
  DocumentFileType,
  jobStatuses,
  type ProcessingJob,
  type ProcessingMetric,
  type ReviewDraft,
  type ReviewTask,
  ReviewTaskStatus,
  reviewPriorities,
  type Timeblock,
  type Timetable,
  TimetableStatus,
  tiers,
  type UploadedDocument,
  UploadStatus,
  type User,
  UserRole,
  weekdays
} from "@timegrid/core"
import * as fc from "fast-check"

/** Text of at most so many code points that Postgres takes. */
const text = (maxLength = 40) => fc.string({ unit: "binary", maxLength }).map((drawn) => drawn.replaceAll("\0", ""))
const nullable = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null })
const uuid = fc.uuid()
const timestamp = fc
  .date({ min: new Date("0001-01-01T00:00:00Z"), max: new Date("9999-12-31T23:59:59.999Z"), noInvalidDate: true })
  .map((date) => date.toISOString())
const timestamps = { createdAt: nullable(timestamp), updatedAt: nullable(timestamp) }
const confidence = fc.integer({ min: 0, max: 10_000 }).map((hundredths) => hundredths / 100)
const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
const count = fc.nat({ max: 2 ** 31 - 1 })
/** JSON under keys that no schema names. */
const extras = fc.dictionary(
  fc.stringMatching(/^x[a-z]{0,5}$/),
  fc.oneof(text(), fc.boolean(), fc.integer(), fc.constant(null), fc.array(text(), { maxLength: 3 })),
  { maxKeys: 2 }
)
const open = <Value extends object>(arbitrary: fc.Arbitrary<Value>) =>
  fc.tuple(arbitrary, extras).map(([known, unknown]): Value & Record<string, unknown> => ({ ...unknown, ...known }))
/** Any of these fields, in any number. */
const some = <Fields extends object>(fields: { [Name in keyof Fields]: fc.Arbitrary<Fields[Name]> }) =>
  fc.record<Fields, never>(fields, { requiredKeys: [] })
const pad = (value: number) => String(value).padStart(2, "0")
/** A time of day from seconds, as it is shown: seconds only where there are some. */
const shownTime = (seconds: number) => {
  const clock = `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}`
  return seconds % 60 === 0 ? clock : `${clock}:${pad(seconds % 60)}`
}
const clock = fc.nat({ max: 24 * 60 - 1 }).map((minutes) => shownTime(minutes * 60))
const ipAddress = fc.oneof(fc.ipV4(), fc.ipV6())

/** Users as callers see them. */
export const user: fc.Arbitrary<User> = fc.record({
  id: uuid,
  email: fc.constantFrom("a@school.edu", "John.Smith+x@sub.school.org"),
  firstName: text(100),
  lastName: text(100),
  role: fc.constantFrom(...UserRole.options),
  emailVerified: fc.boolean(),
  profileImageUrl: nullable(text()),
  settings: open(
    some({
      notifications: open(some({ email: fc.boolean(), push: fc.boolean() })),
      theme: text(),
      language: text()
    })
  ),
  lastLoginAt: nullable(timestamp),
  ...timestamps
})

const unplaced = open(
  fc.record({
    dayOfWeek: nullable(fc.constantFrom(...weekdays)),
    startTime: nullable(clock),
    endTime: nullable(clock),
    name: text()
  })
)

/** Timetables as callers see them. */
export const timetable: fc.Arbitrary<Timetable> = fc.record({
  id: uuid,
  userId: uuid,
  name: text(255),
  className: nullable(text(100)),
  term: nullable(text(50)),
  year: int32,
  weekStartDate: nullable(timestamp.map((moment) => moment.slice(0, 10))),
  status: fc.constantFrom(...TimetableStatus.options),
  metadata: open(
    some({
      totalWeeks: count,
      breakWeeks: fc.array(fc.integer({ min: 1, max: 53 })),
      schoolName: text(),
      markers: fc.array(
        open(fc.record({ dayOfWeek: nullable(fc.constantFrom(...weekdays)), time: clock, name: text() })),
        { maxLength: 2 }
      ),
      unplaced: fc.array(unplaced, { maxLength: 2 }),
      jobId: uuid,
      documentId: uuid,
      yearSource: text()
    })
  ),
  ...timestamps
})

const span = fc
  .tuple(fc.integer({ min: 300, max: 28_800 }), fc.nat())
  .map(([length, place]) => ({ length, start: place % (86_400 - length) }))

/** Timeblocks as callers see them, also on odd seconds. */
export const timeblock: fc.Arbitrary<Timeblock> = fc
  .tuple(
    span,
    fc.record({
      id: uuid,
      timetableId: uuid,
      name: text(255),
      dayOfWeek: fc.constantFrom(...weekdays),
      notes: nullable(text()),
      color: fc.stringMatching(/^#[0-9A-F]{6}$/),
      position: int32,
      metadata: open(
        some({
          subject: text(),
          room: text(),
          teacher: text(),
          period: int32,
          week: text(),
          page: fc.constant(1),
          confidence
        })
      ),
      ...timestamps
    })
  )
  .map(([{ length, start }, block]) => ({
    ...block,
    startTime: shownTime(start),
    endTime: shownTime(start + length),
    duration: Math.round(length / 60)
  }))

/** Documents as callers see them. */
export const uploadedDocument: fc.Arbitrary<UploadedDocument> = fc.record({
  id: uuid,
  timetableId: nullable(uuid),
  userId: uuid,
  fileName: text(255),
  fileType: fc.constantFrom(...DocumentFileType.options),
  fileSize: fc.maxSafeNat(),
  s3Bucket: text(255),
  s3Key: text(512),
  s3VersionId: nullable(text(255)),
  uploadStatus: fc.constantFrom(...UploadStatus.options),
  mimeType: nullable(text(100)),
  metadata: open(
    some({ originalName: text(), pageCount: count, dimensions: fc.record({ width: count, height: count }) })
  ),
  ...timestamps
})

/** Jobs as callers see them. */
export const processingJob: fc.Arbitrary<ProcessingJob> = fc.record({
  id: uuid,
  documentId: uuid,
  timetableId: nullable(uuid),
  userId: uuid,
  status: fc.constantFrom(...jobStatuses),
  stage: nullable(text(50)),
  confidence: nullable(confidence),
  processingTier: nullable(fc.constantFrom(...tiers)),
  errorMessage: nullable(text()),
  errorCode: nullable(text(50)),
  retryCount: count,
  metadata: open(
    some({
      classification: text(),
      pageCount: count,
      ocrEngine: text(),
      processingTime: some({ ocr: count, total: count, mine: count })
    })
  ),
  startedAt: nullable(timestamp),
  completedAt: nullable(timestamp),
  ...timestamps
})

const draft: fc.Arbitrary<ReviewDraft> = open(fc.record({ timeblocks: fc.array(unplaced, { maxLength: 3 }) }))

/** Review tasks as callers see them. */
export const reviewTask: fc.Arbitrary<ReviewTask> = fc.record({
  id: uuid,
  jobId: uuid,
  assignedTo: nullable(uuid),
  priority: fc.constantFrom(...reviewPriorities),
  status: fc.constantFrom(...ReviewTaskStatus.options),
  draftData: nullable(draft),
  finalData: nullable(draft),
  reviewNotes: nullable(text()),
  metadata: open(some({ draft })),
  assignedAt: nullable(timestamp),
  startedAt: nullable(timestamp),
  completedAt: nullable(timestamp),
  ...timestamps
})

/** Audit logs as callers see them. */
export const auditLog: fc.Arbitrary<AuditLog> = fc.record({
  id: fc.maxSafeNat(),
  userId: nullable(uuid),
  action: text(100),
  resourceType: text(50),
  resourceId: nullable(uuid),
  changes: fc.oneof(fc.constant(null), text(), fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), text())),
  ipAddress: nullable(ipAddress),
  userAgent: nullable(text()),
  createdAt: timestamps.createdAt
})

/** Metrics of stages as callers see them. */
export const processingMetric: fc.Arbitrary<ProcessingMetric> = fc.record({
  time: timestamp,
  jobId: nullable(uuid),
  userId: nullable(uuid),
  documentType: nullable(text(50)),
  processingTier: nullable(text(20)),
  stage: nullable(text(50)),
  durationMs: nullable(int32),
  confidence: nullable(confidence),
  success: nullable(fc.boolean()),
  errorCode: nullable(text(50)),
  metadata: nullable(extras)
})

/** Metrics of requests as callers see them. */
export const apiMetric: fc.Arbitrary<ApiMetric> = fc.record({
  time: timestamp,
  endpoint: nullable(text(255)),
  method: nullable(text(10)),
  statusCode: nullable(int32),
  durationMs: nullable(int32),
  userId: nullable(uuid),
  ipAddress: nullable(ipAddress),
  userAgent: nullable(text()),
  metadata: nullable(extras)
})
