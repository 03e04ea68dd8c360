import {
  ApiMetricCodec,
  ApiMetricInput,
  ApiMetricInsert,
  ApiMetricRow,
  AuditLogCodec,
  AuditLogInput,
  AuditLogInsert,
  AuditLogRow,
  type KeptReviewDraft,
  ProcessingJobCodec,
  ProcessingJobInput,
  ProcessingJobInsert,
  ProcessingJobRow,
  ProcessingMetricCodec,
  ProcessingMetricInput,
  ProcessingMetricInsert,
  ProcessingMetricRow,
  ReviewTaskCodec,
  ReviewTaskInput,
  ReviewTaskInsert,
  ReviewTaskRow,
  TimeblockCodec,
  TimeblockInput,
  TimeblockInsert,
  TimeblockRow,
  TimetableCodec,
  TimetableInput,
  TimetableInsert,
  TimetableRow,
  UploadedDocumentCodec,
  UploadedDocumentInput,
  UploadedDocumentInsert,
  UploadedDocumentRow,
  UserCodec,
  UserInput,
  UserInsert,
  UserRow
} from "@timegrid/core"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as z from "zod"
import * as arbitraries from "./arbitraries.ts"

const id = "550e8400-e29b-41d4-a716-446655440000"
const moment = "2024-10-31T10:30:00.000Z"

/**
 * Each table: its columns in the order of the documented schema, with `?` where they accept null; the least that a
 * caller gives; and what the defaults make of that.
 */
const tables = [
  {
    table: "users",
    columns:
      "id email password_hash first_name last_name role email_verified? profile_image_url? settings? last_login_at? created_at? updated_at?",
    schemas: { Row: UserRow, Input: UserInput, Insert: UserInsert, Codec: UserCodec },
    arbitrary: arbitraries.user,
    least: { email: "john.smith@school.edu", passwordHash: "scrypt", firstName: "John", lastName: "Smith" },
    defaults: { role: "teacher", emailVerified: false, profileImageUrl: null, settings: {}, lastLoginAt: null }
  },
  {
    table: "timetables",
    columns: "id user_id name class_name? term? year week_start_date? status metadata? created_at? updated_at?",
    schemas: { Row: TimetableRow, Input: TimetableInput, Insert: TimetableInsert, Codec: TimetableCodec },
    arbitrary: arbitraries.timetable,
    least: { userId: id, name: "Class 2EJ", year: 2024 },
    defaults: { className: null, term: null, weekStartDate: null, status: "draft", metadata: {} }
  },
  {
    table: "timeblocks",
    columns:
      "id timetable_id name day_of_week start_time end_time duration notes? color? position? metadata? created_at? updated_at?",
    schemas: { Row: TimeblockRow, Input: TimeblockInput, Insert: TimeblockInsert, Codec: TimeblockCodec },
    arbitrary: arbitraries.timeblock,
    least: { timetableId: id, name: "Maths", dayOfWeek: "Monday", startTime: "09:00", endTime: "10:00" },
    defaults: { notes: null, color: "#3B82F6", position: 0, metadata: {} }
  },
  {
    table: "documents",
    columns:
      "id timetable_id? user_id file_name file_type file_size s3_bucket s3_key s3_version_id? upload_status mime_type? metadata? created_at? updated_at?",
    schemas: {
      Row: UploadedDocumentRow,
      Input: UploadedDocumentInput,
      Insert: UploadedDocumentInsert,
      Codec: UploadedDocumentCodec
    },
    arbitrary: arbitraries.uploadedDocument,
    least: {
      userId: id,
      fileName: "week.pdf",
      fileType: "application/pdf",
      fileSize: 1024,
      s3Bucket: "local",
      s3Key: "uploads/2024/10/31/x.pdf"
    },
    defaults: { timetableId: null, s3VersionId: null, uploadStatus: "pending", mimeType: null, metadata: {} }
  },
  {
    table: "processing_jobs",
    columns:
      "id document_id timetable_id? user_id status stage? confidence? processing_tier? error_message? error_code? retry_count? metadata? started_at? completed_at? created_at? updated_at?",
    schemas: {
      Row: ProcessingJobRow,
      Input: ProcessingJobInput,
      Insert: ProcessingJobInsert,
      Codec: ProcessingJobCodec
    },
    arbitrary: arbitraries.processingJob,
    least: { documentId: id, userId: id },
    defaults: {
      timetableId: null,
      status: "pending",
      stage: null,
      confidence: null,
      processingTier: null,
      errorMessage: null,
      errorCode: null,
      retryCount: 0,
      metadata: {},
      startedAt: null,
      completedAt: null
    }
  },
  {
    table: "hitl_tasks",
    columns:
      "id job_id assigned_to? priority? status draft_data? final_data? review_notes? metadata? assigned_at? started_at? completed_at? created_at? updated_at?",
    schemas: { Row: ReviewTaskRow, Input: ReviewTaskInput, Insert: ReviewTaskInsert, Codec: ReviewTaskCodec },
    arbitrary: arbitraries.reviewTask,
    least: { jobId: id },
    defaults: {
      assignedTo: null,
      priority: "normal",
      status: "pending",
      draftData: null,
      finalData: null,
      reviewNotes: null,
      metadata: {},
      assignedAt: null,
      startedAt: null,
      completedAt: null
    }
  },
  {
    table: "audit_logs",
    columns: "id user_id? action resource_type resource_id? changes? ip_address? user_agent? created_at?",
    schemas: { Row: AuditLogRow, Input: AuditLogInput, Insert: AuditLogInsert, Codec: AuditLogCodec },
    arbitrary: arbitraries.auditLog,
    least: { action: "timetable.update", resourceType: "timetable" },
    defaults: { userId: null, resourceId: null, changes: null, ipAddress: null, userAgent: null }
  },
  {
    table: "processing_metrics",
    columns:
      "time job_id? user_id? document_type? processing_tier? stage? duration_ms? confidence? success? error_code? metadata?",
    schemas: {
      Row: ProcessingMetricRow,
      Input: ProcessingMetricInput,
      Insert: ProcessingMetricInsert,
      Codec: ProcessingMetricCodec
    },
    arbitrary: arbitraries.processingMetric,
    least: { time: moment },
    defaults: {
      jobId: null,
      userId: null,
      documentType: null,
      processingTier: null,
      stage: null,
      durationMs: null,
      confidence: null,
      success: null,
      errorCode: null,
      metadata: null
    }
  },
  {
    table: "api_metrics",
    columns: "time endpoint? method? status_code? duration_ms? user_id? ip_address? user_agent? metadata?",
    schemas: { Row: ApiMetricRow, Input: ApiMetricInput, Insert: ApiMetricInsert, Codec: ApiMetricCodec },
    arbitrary: arbitraries.apiMetric,
    least: { time: moment },
    defaults: {
      endpoint: null,
      method: null,
      statusCode: null,
      durationMs: null,
      userId: null,
      ipAddress: null,
      userAgent: null,
      metadata: null
    }
  }
] as const

describe.each(tables)("$table", ({ table, columns, schemas, arbitrary, least, defaults }) => {
  const { Row, Input, Insert } = schemas
  // The entities of the list differ; what is said here of one holds for the codec and the values of the same entity.
  const codec = schemas.Codec as unknown as z.ZodCodec<z.ZodObject, z.ZodObject>
  const entities = arbitrary as fc.Arbitrary<Record<string, unknown>>
  const hash = table === "users" ? { password_hash: "scrypt" } : {}
  const names = columns.split(" ").map((column) => column.replace("?", ""))
  const nullables = columns.split(" ").flatMap((column) => (column.endsWith("?") ? [column.slice(0, -1)] : []))

  test("rows have the documented columns", () => {
    expect(Object.keys(Row.shape)).toEqual(names)
  })

  test("decoding undoes encoding, and what is encoded is a whole row", () => {
    fc.assert(
      fc.property(entities, (entity) => {
        const row = { ...z.encode(codec, entity), ...hash }
        expect(Row.parse(row)).toEqual(row)
        expect(z.decode(codec, row)).toEqual(entity)
      })
    )
  })

  test("callers see plain data that survives JSON", () => {
    fc.assert(
      fc.property(entities, (entity) => {
        expect(codec.out.parse(JSON.parse(JSON.stringify(entity)))).toEqual(entity)
      })
    )
  })

  test("what callers see has a JSON Schema for the API's description", () => {
    expect(z.toJSONSchema(codec.out)).toMatchObject({ type: "object", properties: expect.anything() })
  })

  test("the columns that accept null do, the others refuse it and say where, and every such row can be read", () => {
    fc.assert(
      fc.property(entities, fc.constantFrom(...names), (entity, column) => {
        const row = { ...z.encode(codec, entity), ...hash, [column]: null }
        if (nullables.includes(column)) {
          expect(Row.parse(row)).toEqual(row)
          expect(codec.out.safeParse(z.decode(codec, row)).success).toBe(true)
        } else {
          expect(Row.safeParse(row).error?.issues.map(({ path }) => path)).toEqual([[column]])
        }
      })
    )
  })

  test("rows refuse what the table does not hold and miss what it does", () => {
    fc.assert(
      fc.property(entities, fc.constantFrom(...names), (entity, column) => {
        const { [column]: _, ...row }: Record<string, unknown> = { ...z.encode(codec, entity), ...hash }
        expect(Row.safeParse(row).error?.issues.map(({ path }) => path)).toEqual([[column]])
        expect(Row.safeParse({ ...row, [column]: _, ours: 1 }).error?.issues).toMatchObject([{ keys: ["ours"] }])
      })
    )
  })

  test("a caller gives the least and gets the documented defaults", () => {
    expect(Input.parse(least)).toEqual({ ...least, ...defaults })
    for (const field of Object.keys(least)) {
      const { [field]: _, ...rest }: Record<string, unknown> = least
      expect(Input.safeParse(rest).error?.issues.map(({ path }) => path)).toEqual([[field]])
    }
    expect(Input.safeParse({ ...least, ours: 1 }).error?.issues).toMatchObject([{ keys: ["ours"] }])
  })

  test("an insert names columns of the table, in their own form", () => {
    const insert: Record<string, unknown> = Insert.parse(least)
    expect(names).toEqual(expect.arrayContaining(Object.keys(insert)))
    for (const [column, value] of Object.entries(insert)) {
      expect((Row.shape as Record<string, z.ZodType>)[column]?.parse(value), column).toEqual(value)
    }
  })
})

describe("what tables show in another form", () => {
  test("a password's hash goes into the table and never comes out", () => {
    expect(UserInsert.parse(tables[0].least)).toHaveProperty("password_hash", "scrypt")
    fc.assert(
      fc.property(arbitraries.user, (user) => {
        const row = { ...z.encode(UserCodec, user), password_hash: "scrypt" }
        expect(JSON.stringify(z.decode(UserCodec, row))).not.toContain("scrypt")
      })
    )
  })

  test("times of day are HH:MM for callers and HH:MM:SS in rows", () => {
    const insert = TimeblockInsert.parse(tables[2].least)
    expect(insert).toMatchObject({ start_time: "09:00:00", end_time: "10:00:00" })
    expect(insert).not.toHaveProperty("duration")
    const row = { ...insert, id, duration: 60, created_at: null, updated_at: null }
    expect(z.decode(TimeblockCodec, row)).toMatchObject({ startTime: "09:00", endTime: "10:00", duration: 60 })
  })

  test("a null where the table has a default is shown as the default", () => {
    const insert = TimeblockInsert.parse(tables[2].least)
    const nulls = { color: null, position: null, metadata: null, created_at: null, updated_at: null }
    expect(z.decode(TimeblockCodec, { ...insert, id, duration: 60, ...nulls })).toMatchObject({
      color: "#3B82F6",
      position: 0,
      metadata: {},
      createdAt: null
    })
  })

  test.each([
    ["09:00", "09:00", "The end must be after the start"],
    ["22:00", "01:00", "The end must be after the start"],
    ["09:00", "09:04", "A timeblock must last at least 5 minutes"],
    ["08:00", "16:01", "A timeblock must last at most 8 hours"]
  ])("callers are refused a timeblock from %s to %s", (startTime, endTime, message) => {
    const fault = TimeblockInput.safeParse({ ...tables[2].least, startTime, endTime }).error?.issues
    expect(fault).toMatchObject([{ path: ["endTime"], message }])
  })

  test.each([
    ["09:00", "09:05"],
    ["08:00", "16:00"]
  ])("callers may give a timeblock from %s to %s", (startTime, endTime) => {
    expect(TimeblockInput.safeParse({ ...tables[2].least, startTime, endTime }).success).toBe(true)
  })

  test("moments are Dates in rows; callers may give a Date or a text in any zone", () => {
    const date = new Date(moment)
    for (const startedAt of [date, moment, "2024-10-31T10:30:00Z", "2024-10-31T12:30:00+02:00"]) {
      expect(ProcessingJobInput.parse({ ...tables[4].least, startedAt }).startedAt).toBe(moment)
      expect(ProcessingJobInsert.parse({ ...tables[4].least, startedAt }).started_at).toEqual(date)
    }
  })

  test("drafts that say day are read and written with dayOfWeek", () => {
    const block = { name: "Maths", startTime: "09:00", endTime: null, room: "12" }
    const said: KeptReviewDraft["timeblocks"] = [{ ...block, day: "Monday" }, { ...block, dayOfWeek: "Monday" }, block]
    const written = [
      { ...block, dayOfWeek: "Monday" },
      { ...block, dayOfWeek: "Monday" },
      { ...block, dayOfWeek: null }
    ]
    const insert = ReviewTaskInsert.parse({
      jobId: id,
      draftData: { timeblocks: said, from: "llm" },
      metadata: { draft: { timeblocks: said } }
    })
    expect(insert.draft_data).toEqual({ timeblocks: written, from: "llm" })
    expect(insert.metadata).toEqual({ draft: { timeblocks: written } })
    const row = { ...insert, id, final_data: { timeblocks: said }, created_at: null, updated_at: null }
    expect(z.decode(ReviewTaskCodec, row).finalData).toEqual({ timeblocks: written })
  })

  test("a draft whose day and dayOfWeek differ is refused", () => {
    const timeblocks = [{ name: "Maths", startTime: null, endTime: null, day: "Monday", dayOfWeek: "Friday" }]
    const fault = ReviewTaskInput.safeParse({ jobId: id, draftData: { timeblocks } }).error?.issues
    expect(fault).toMatchObject([{ path: ["draftData", "timeblocks", 0, "day"] }])
  })
})
