import {
  CachedLlmResultCodec,
  CachedOcrResultCodec,
  JobProgressCodec,
  JobSubscriptions,
  jobProgressEntry,
  llmResultEntry,
  ocrResultEntry,
  queueKey,
  queueNames,
  RateLimitCountCodec,
  rateLimitEntry,
  retentionDays,
  Session,
  sessionEntry,
  stageQueues,
  subscriptionsEntry
} from "@timegrid/core"
import { describe, expect, test } from "vitest"
import * as z from "zod"

const userId = "550e8400-e29b-41d4-a716-446655440000"
const jobId = "990e8400-e29b-41d4-a716-446655440004"
const day = 24 * 60 * 60

describe("keys", () => {
  test.each([
    [sessionEntry.key({ userId }), "session:550e8400-e29b-41d4-a716-446655440000"],
    [ocrResultEntry.key({ documentHash: "sha256:abc123..." }), "ocr:result:sha256:abc123..."],
    [
      llmResultEntry.key({ documentHash: "sha256:abc123...", promptHash: "sha256:def456..." }),
      "llm:result:sha256:abc123...:sha256:def456..."
    ],
    [
      rateLimitEntry.key({ userId, endpoint: "/api/v1/documents/upload" }),
      "ratelimit:550e8400-e29b-41d4-a716-446655440000:/api/v1/documents/upload"
    ],
    [jobProgressEntry.key({ jobId }), "job:progress:990e8400-e29b-41d4-a716-446655440004"],
    [subscriptionsEntry.key({ userId }), "ws:subscriptions:550e8400-e29b-41d4-a716-446655440000"],
    [queueKey("classification-queue", "wait"), "bull:classification-queue:wait"],
    [queueKey("ocr-queue", "active"), "bull:ocr-queue:active"],
    [queueKey("llm-queue", "completed"), "bull:llm-queue:completed"]
  ])("%s is the documented key, byte by byte", (key, documented) => {
    expect(key).toBe(documented)
  })

  test("values stand in keys as they are, also where they look like a pattern", () => {
    expect(rateLimitEntry.key({ userId: "{endpoint}$&", endpoint: "$1" })).toBe("ratelimit:{endpoint}$&:$1")
  })

  test.each([
    [sessionEntry, "session:{userId}", "hash", 7 * day],
    [ocrResultEntry, "ocr:result:{documentHash}", "string", 30 * day],
    [llmResultEntry, "llm:result:{documentHash}:{promptHash}", "string", 90 * day],
    [rateLimitEntry, "ratelimit:{userId}:{endpoint}", "string", 60 * 60],
    [jobProgressEntry, "job:progress:{jobId}", "hash", 7 * day],
    [subscriptionsEntry, "ws:subscriptions:{userId}", "set", null]
  ])("$pattern has its type and lifetime", (entry, pattern, type, lifetimeSeconds) => {
    expect(entry).toMatchObject({ pattern, type, lifetimeSeconds })
  })

  test("every stage but the review has a queue that exists", () => {
    const { review, ...queues } = stageQueues
    expect(review).toBeNull()
    expect(queueNames).toEqual(expect.arrayContaining(Object.values(queues)))
  })
})

describe("values", () => {
  test("a session needs user, address, role and last access, and may hold further texts", () => {
    const session = {
      userId,
      email: "john.smith@school.edu",
      role: "teacher",
      lastAccess: "2024-10-31T10:30:00.000Z",
      device1: "hash"
    }
    expect(Session.parse(session)).toEqual(session)
    for (const field of ["userId", "email", "role", "lastAccess", "device1"]) {
      expect(Session.safeParse({ ...session, [field]: 7 }).error?.issues[0]?.path).toEqual([field])
    }
  })

  test("the progress of a job is texts in Redis and numbers outside", () => {
    const progress = { status: "ocr", stage: "ocr", progress: 42.5, confidence: 99.25 } as const
    const hash = { status: "ocr", stage: "ocr", progress: "42.5", confidence: "99.25" } as const
    expect(z.encode(JobProgressCodec, progress)).toEqual(hash)
    expect(z.decode(JobProgressCodec, hash)).toEqual(progress)
    expect(z.decode(JobProgressCodec, { status: "pending", progress: "0" })).toEqual({ status: "pending", progress: 0 })
    expect(JobProgressCodec.safeParse({ ...hash, progress: "101" }).error?.issues[0]?.path).toEqual(["progress"])
  })

  test("a cached OCR result survives the text that Redis keeps", () => {
    const result = {
      text: "Maths",
      confidence: 99.1,
      layout: [
        {
          page: 1,
          widthPx: 100,
          heightPx: 50,
          words: [{ text: "Maths", box: { x: 1, y: 2, width: 30, height: 10 }, confidence: 0.991, bold: true }]
        }
      ],
      engine: "tesseract.js@7"
    }
    expect(z.decode(CachedOcrResultCodec, z.encode(CachedOcrResultCodec, result))).toEqual(result)
  })

  test("a cached LLM result survives the text that Redis keeps", () => {
    const result = {
      timeblocks: [{ dayOfWeek: "Monday" as const, startTime: "09:00", endTime: null, name: "Maths" }],
      metadata: { className: "2EJ" }
    }
    expect(z.decode(CachedLlmResultCodec, z.encode(CachedLlmResultCodec, result))).toEqual(result)
  })

  test("text that is no JSON is a fault, not an exception", () => {
    expect(CachedLlmResultCodec.safeParse("{").error?.issues).toMatchObject([{ path: [], message: "Invalid JSON" }])
    expect(CachedLlmResultCodec.safeParse('{"timeblocks":[]}').error?.issues).toMatchObject([{ path: ["metadata"] }])
  })

  test("a counter is digits in Redis", () => {
    expect(z.decode(RateLimitCountCodec, "60")).toBe(60)
    expect(z.encode(RateLimitCountCodec, 0)).toBe("0")
    expect(RateLimitCountCodec.safeParse("-1").success).toBe(false)
  })

  test("subscriptions are ids of jobs", () => {
    expect(JobSubscriptions.parse([jobId])).toEqual([jobId])
    expect(JobSubscriptions.safeParse([jobId, "all"]).error?.issues[0]?.path).toEqual([1])
  })
})

test("rows are kept as long as the retention policies say", () => {
  expect(retentionDays).toEqual({ auditLogs: 365, finishedJobs: 90, rawMetrics: 30, hourlyMetrics: 365 })
})
