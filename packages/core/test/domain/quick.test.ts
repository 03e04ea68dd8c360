import {
  ProcessingJobCodec,
  ProcessingJobInsert,
  ReviewTaskCodec,
  ReviewTaskInsert,
  TimeblockCodec,
  TimeblockInsert,
  TimetableCodec,
  TimetableInsert,
  UploadedDocumentCodec,
  UploadedDocumentInsert,
  UserCodec,
  UserInsert
} from "@timegrid/core"
import * as fc from "fast-check"
import { assert, describe, it } from "vitest"
import * as z from "zod"
import { quickWaysOf, unusual } from "../../src/domain/quick.ts"
import { quickRowsOf } from "../../src/domain/quickRows.ts"
import { snakeCase } from "../../src/domain/snakeCase.ts"
import { TimestampCodec } from "../../src/domain/values.ts"
import * as arbitraries from "./arbitraries.ts"

type Fields = Readonly<Record<string, unknown>>

/** Each table: its schemas and its entities. */
const tables: ReadonlyArray<{
  readonly table: string
  readonly codec: z.ZodCodec<z.ZodObject, z.ZodObject>
  readonly insert: z.ZodType
  readonly entities: fc.Arbitrary<Fields>
}> = [
  { table: "users", codec: UserCodec, insert: UserInsert, entities: arbitraries.user },
  { table: "timetables", codec: TimetableCodec, insert: TimetableInsert, entities: arbitraries.timetable },
  { table: "timeblocks", codec: TimeblockCodec, insert: TimeblockInsert, entities: arbitraries.timeblock },
  {
    table: "documents",
    codec: UploadedDocumentCodec,
    insert: UploadedDocumentInsert,
    entities: arbitraries.uploadedDocument
  },
  {
    table: "processing_jobs",
    codec: ProcessingJobCodec,
    insert: ProcessingJobInsert,
    entities: arbitraries.processingJob
  },
  { table: "hitl_tasks", codec: ReviewTaskCodec, insert: ReviewTaskInsert, entities: arbitraries.reviewTask }
]

/** Values that some column takes in some place, and values that none does. */
const anyValue = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      undefined,
      "",
      "a\0b",
      "\ud800",
      "x".repeat(300),
      "24:00:00",
      "09:00",
      "09:00:30",
      "09:00:00",
      "10:00:00"
    ],
    ...["2031-02-30", "2031-02-29", "0000-00-00", "#10b981", "#10B98", 1.5, -1, 2 ** 31, Number.NaN, 99.123, true],
    ...[new Date(0), new Date(Number.NaN), new Date(8.64e15), "2031-02-03T04:05:06Z", [], {}, { own: "\ud800" }],
    ...["550E8400-E29B-41D4-A716-446655440000", "Monday", "pending", { timeblocks: [{ name: "x" }] }]
  ),
  fc.anything({ withDate: true })
)

/** An object with some of its fields put otherwise, left out, or added. */
const disturbed = (fields: Fields) =>
  fc
    .dictionary(fc.oneof(fc.constantFrom(...Object.keys(fields)), fc.constantFrom("own", "version")), anyValue, {
      maxKeys: 2
    })
    .map((changes) => ({ ...fields, ...changes }))

const agrees = (quick: unknown, parsed: z.ZodSafeParseResult<unknown>) => {
  if (quick === unusual) return
  if (!parsed.success) assert.fail(`The short way takes what the schema refuses: ${z.prettifyError(parsed.error)}`)
  assert.deepStrictEqual(quick, parsed.data)
}

describe.each(tables)("the short way of rows of $table", ({ codec, entities, insert }) => {
  const names = Object.keys(codec.out.shape).map(snakeCase)
  const rows = entities.map((entity) => z.encode(codec, entity) as Fields)

  it("is there for every row, and gives what the codec gives", () => {
    fc.assert(
      fc.property(rows, (row) => {
        const quick = quickWaysOf(codec).decode(row)
        assert.notStrictEqual(quick, unusual)
        agrees(quick, codec.safeParse(row))
      })
    )
  })

  it("takes nothing that the codec refuses, and makes nothing else of it", () => {
    fc.assert(
      fc.property(rows.chain(disturbed), (row) => {
        // Stores read columns by their names; the codec alone would refuse others.
        const own = Object.fromEntries(names.flatMap((name) => (name in row ? [[name, row[name]]] : [])))
        agrees(quickWaysOf(codec).decode(row), codec.safeParse(own))
      })
    )
  })

  it("gives for rows that stand together what it gives for each", () => {
    const valuesOf = (row: Fields, version: number) => [...names.map((name) => row[name]), version]
    const quickRows = quickRowsOf(codec, ["version"])
    // Half of the rows repeat most of the row before, as those of a list do.
    const pages = fc.tuple(fc.array(rows, { minLength: 1, maxLength: 3 }), fc.array(fc.nat(2), { maxLength: 6 }))
    fc.assert(
      fc.property(pages, ([some, places]) => {
        const page = places.map((place) => some[place % some.length]!)
        const expected = page.map((row, version) => ({ ...codec.parse(row), version }))
        assert.deepStrictEqual(quickRows(page.map(valuesOf)), expected)
      })
    )
  })

  it("is the same for what a caller gives", () => {
    const inputs = fc.tuple(entities, fc.constantFrom("scrypt$hash", "", 7)).map(([entity, passwordHash]) => {
      const { createdAt: _, updatedAt: __, duration: ___, ...given } = entity
      return "email" in given ? { ...given, passwordHash } : given
    })
    fc.assert(
      fc.property(fc.oneof(inputs, inputs.chain(disturbed)), (input) => {
        agrees(quickWaysOf(insert).decode(input), insert.safeParse(input))
      })
    )
  })
})

it("a moment is shown the same way, whoever writes it", () => {
  const { decode } = quickWaysOf(TimestampCodec)
  const written = fc
    .date({ min: new Date("0001-01-01"), max: new Date("9998-12-31"), noInvalidDate: true })
    .chain((date) =>
      fc.constantFrom<unknown>(
        date,
        date.toISOString(),
        date.toISOString().replace("Z", "456+00:00"),
        date.toISOString().replace(/\.\d+Z$/, "-23:59"),
        date.toISOString().replace("T", " ")
      )
    )
  fc.assert(fc.property(written, (value) => agrees(decode(value), TimestampCodec.safeParse(value))))
})

describe("the short way that follows from how a schema is made", () => {
  const fields = {
    name: z.string(),
    day: z.enum(["Monday", "Sunday"]).optional(),
    isDone: z.boolean().default(false),
    room: z.string().default("1").optional(),
    size: z.looseObject({ width: z.number().min(1) }).optional()
  }
  const startsLow = ({ issues, value }: z.core.ParsePayload<{ readonly name: string }>) => {
    if (value.name.startsWith("A")) issues.push({ code: "custom", message: "No A", input: value })
  }
  const schemas: ReadonlyArray<{ readonly kind: string; readonly schema: z.ZodObject }> = [
    { kind: "loose", schema: z.looseObject(fields).check(startsLow) },
    { kind: "strict", schema: z.strictObject(fields) },
    { kind: "stripping", schema: z.object(fields) }
  ]
  const value = fc.oneof(
    fc.constantFrom<unknown>("Monday", "Maths", "Art", true, false, undefined, null, { width: 2 }, { width: 0 }, {}),
    fc.anything()
  )
  const named = fc.dictionary(
    fc.oneof(fc.constantFrom(...Object.keys(fields)), fc.string(), fc.constant("__proto__")),
    value
  )
  const whole = fc.tuple(named, fc.string()).map(([others, name]) => ({ ...others, name, isDone: true }))

  it.each(schemas)("gives what a $kind object gives, or nothing", ({ schema }) => {
    const { decode } = quickWaysOf(schema)
    fc.assert(
      fc.property(fc.oneof(named, whole, fc.anything()), (given) => agrees(decode(given), schema.safeParse(given)))
    )
  })

  it("is there for usual objects, and keeps nothing of theirs but values", () => {
    const { decode } = quickWaysOf(schemas[0]!.schema)
    const given = { name: "Maths", isDone: true, day: "Sunday", room: "2", own: 1 }
    const quick = decode(given)
    assert.deepStrictEqual(quick, given)
    assert.notStrictEqual(quick, given)
    assert.strictEqual(decode({ ...given, name: "Art" }), unusual)
    assert.strictEqual(decode({ ...given, ["__proto__"]: 1 }), unusual)
  })
})

it("rows that stand together share no object, and keep the sign of nothing", () => {
  const schema = TimeblockCodec.out
  const row = z.encode(TimeblockCodec, {
    ...fc.sample(arbitraries.timeblock, { numRuns: 1, seed: 1 })[0]!,
    metadata: { room: "1" }
  }) as Fields
  const values = (position: number) =>
    Object.keys(schema.shape).map((name) => (name === "position" ? position : row[snakeCase(name)]))
  const entities = quickRowsOf(TimeblockCodec, [])([values(0), values(-0), values(0)])
  if (entities === unusual) assert.fail("The rows are usual")
  const [one, other] = entities as ReadonlyArray<Fields>
  assert.deepStrictEqual(one?.metadata, other?.metadata)
  assert.notStrictEqual(one?.metadata, other?.metadata)
  assert.deepStrictEqual(
    entities.map((entity) => (entity as Fields).position),
    [0, -0, 0]
  )
})

it("a usual timeblock goes the short way in and out", () => {
  const input = {
    timetableId: "550e8400-e29b-41d4-a716-446655440000",
    name: "Maths",
    dayOfWeek: "Monday",
    startTime: "09:00",
    endTime: "10:00"
  }
  assert.notStrictEqual(quickWaysOf(TimeblockInsert).decode(input), unusual)
  assert.strictEqual(quickWaysOf(TimeblockInsert).decode({ ...input, endTime: "08:00" }), unusual)
  assert.strictEqual(quickWaysOf(TimeblockInsert).decode({ ...input, duration: 60 }), unusual)
})
