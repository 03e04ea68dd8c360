import { documentObjectKey } from "@timegrid/core"
import { describe, expect, test } from "vitest"
import type * as z from "zod"
import { samples } from "./samples.ts"

type Path = ReadonlyArray<PropertyKey>

/** A copy of `value` in which the place at `path` holds `replacement`; undefined takes it out. */
const replaced = (value: unknown, [key, ...rest]: Path, replacement: unknown): unknown => {
  if (key === undefined) return replacement
  if (Array.isArray(value))
    return value.map((item, index) => (index === key ? replaced(item, rest, replacement) : item))
  const { [key]: old, ...others } = (value ?? {}) as Record<PropertyKey, unknown>
  const changed = replaced(old, rest, replacement)
  return changed === undefined ? others : { ...others, [key]: changed }
}

/** Every value inside `value` that holds no other, with its path. */
function* leaves(value: unknown, path: Path = []): Generator<{ path: Path; value: unknown }> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* leaves(item, [...path, index])
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* leaves(item, [...path, key])
  } else {
    yield { path, value }
  }
}

const faultPaths = (schema: z.ZodType, row: unknown) =>
  schema.safeParse(row).error?.issues.map(({ code, path, ...issue }) =>
    // An unknown key is reported at its object, with its name beside.
    [...path, ...(code === "unrecognized_keys" && "keys" in issue ? (issue.keys as Array<string>) : [])].join(".")
  )

const tooLong = (length: number) => "é".repeat(length + 1)

/** Faults of one column each: not in the list, too long, out of range, or in no such format. */
const faults: Record<(typeof samples)[number]["table"], ReadonlyArray<readonly [path: string, value: unknown]>> = {
  users: [
    ["id", "550e8400"],
    ["email", "john.smith"],
    ["email", `${"a".repeat(250)}@b.edu`],
    ["password_hash", tooLong(255)],
    ["first_name", tooLong(100)],
    ["first_name", null],
    ["last_name", tooLong(100)],
    ["last_name", "Sm\0th"],
    ["last_name", "Sm\ud800th"],
    ["role", "student"],
    ["role", null],
    ["email_verified", "yes"],
    ["profile_image_url", 1],
    ["last_login_at", "yesterday"],
    ["created_at", "2024-10-31"],
    ["updated_at", new Date(Number.NaN)],
    ["settings.notifications", "all"],
    ["settings.extra", ["fine", { "\0": 1 }]],
    ["settings.extra", () => 0]
  ],
  timetables: [
    ["user_id", null],
    ["name", tooLong(255)],
    ["class_name", tooLong(100)],
    ["term", tooLong(50)],
    ["year", 2024.5],
    ["year", 2 ** 31],
    ["year", null],
    ["week_start_date", "2024-02-30"],
    ["week_start_date", "01/09/2024"],
    ["status", "deleted"],
    ["metadata.totalWeeks", -1],
    ["metadata.breakWeeks", 6],
    ["metadata.breakWeeks.0", 0],
    ["metadata.markers", [{ time: "09:00" }]],
    ["metadata.jobId", "first"]
  ],
  timeblocks: [
    ["timetable_id", null],
    ["name", tooLong(255)],
    ["day_of_week", "monday"],
    ["day_of_week", "Mon"],
    ["start_time", "09:00"],
    ["start_time", "25:00:00"],
    ["end_time", "10:60:00"],
    ["end_time", "09:00:00"],
    ["end_time", "08:00:00"],
    ["end_time", "09:04:59"],
    ["end_time", "17:00:01"],
    ["duration", 59],
    ["notes", "\udc00"],
    ["color", "#10B98"],
    ["color", "green"],
    ["position", 1.5],
    ["metadata.period", "first"],
    ["metadata.page", 0],
    ["metadata.confidence", 100.01]
  ],
  documents: [
    ["timetable_id", ""],
    ["user_id", null],
    ["file_name", tooLong(255)],
    ["file_type", "image/gif"],
    ["file_size", -5],
    ["file_size", 1.5],
    ["s3_bucket", tooLong(255)],
    ["s3_key", tooLong(512)],
    ["s3_version_id", tooLong(255)],
    ["upload_status", "done"],
    ["mime_type", tooLong(100)],
    ["metadata.pageCount", -1],
    ["metadata.dimensions.width", "2480"]
  ],
  processing_jobs: [
    ["document_id", null],
    ["timetable_id", 7],
    ["user_id", null],
    ["status", "done"],
    ["stage", tooLong(50)],
    ["confidence", 250],
    ["confidence", -0.01],
    ["confidence", 99.255],
    ["processing_tier", "gpt"],
    ["error_message", "\0"],
    ["error_code", tooLong(50)],
    ["retry_count", -1],
    ["metadata.processingTime.ocr", -1],
    ["metadata.processingTime.mine", "long"],
    ["started_at", "2024-10-31T10:30:00"],
    ["completed_at", 1730370603000]
  ],
  hitl_tasks: [
    ["job_id", null],
    ["assigned_to", "me"],
    ["priority", "low-ish"],
    ["status", "open"],
    ["draft_data.timeblocks.0.day", "Funday"],
    ["draft_data.timeblocks.0.startTime", "9:00"],
    ["final_data.timeblocks", null],
    ["review_notes", "\0"],
    ["metadata.draft", { timeblocks: 1 }],
    ["assigned_at", "soon"]
  ]
}

const pathOf = (path: string): Path => path.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key))

describe.each(samples)("the sample row of $table", ({ table, schema, required, row }) => {
  test("parses and keeps every value", () => {
    const parsed = schema.parse(row)
    const moments = ["started_at", "completed_at"]
    for (const [column, value] of Object.entries(row)) {
      expect(parsed).toHaveProperty(column, moments.includes(column) ? new Date(value as string) : value)
    }
  })

  test("fails at the value that has another type", () => {
    for (const { path, value } of leaves(row)) {
      const broken = replaced(row, path, typeof value === "string" ? 7 : "seven")
      expect(faultPaths(schema, broken), path.join(".")).toEqual([path.join(".")])
    }
  })

  test("fails at the required column that is missing, and at no other", () => {
    for (const column of Object.keys(row)) {
      const expected = (required as ReadonlyArray<string>).includes(column) ? [column] : undefined
      expect(faultPaths(schema, replaced(row, [column], undefined)), column).toEqual(expected)
    }
  })

  test("fails at a column that the table has not", () => {
    expect(faultPaths(schema, { ...row, favourite_food: "pizza" })).toEqual(["favourite_food"])
  })

  test.each(faults[table])("fails at %s when it holds %j", (path, value) => {
    const paths = faultPaths(schema, replaced(row, pathOf(path), value)) ?? []
    expect(paths.length).toBeGreaterThan(0)
    // The fault may lie deeper inside the value that is put there.
    for (const found of paths) expect(`${found}.`.startsWith(`${path}.`), found).toBe(true)
  })

  test("keeps what its JSON values hold besides", () => {
    const column = "settings" in row ? "settings" : "metadata"
    const parsed = schema.parse(replaced(row, [column, "ours"], { nested: [1, null, "é"] }))
    expect(parsed).toHaveProperty(`${column}.ours`, { nested: [1, null, "é"] })
  })
})

test("a document's bytes lie where the sample says", () => {
  const { id, s3_key } = samples[3].row
  expect(documentObjectKey(id, new Date("2024-10-31T23:59:59Z"), "pdf")).toBe(s3_key)
})
