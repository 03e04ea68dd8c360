import { BlobStore, ExtractedTimeblock, MemoryBlobStore, TimeblockMetadata } from "@timegrid/core"
import { ArtifactInvalid, artifactKey, Journal, MemoryJournal, pipeline, stage } from "@timegrid/core/pipeline"
import { Effect, Option } from "effect"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import * as z from "zod"
import { load, store } from "../../src/pipeline/Artifact.ts"
import { canonicalJson, parseCanonicalJson } from "../../src/pipeline/canonicalJson.ts"
import { hashBytes, hashText } from "../../src/pipeline/sha256.ts"

const bytes = fc.uint8Array({ maxLength: 64 })
// JSON has no −0, and an object's undefined members are not there.
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const key = fc.oneof(fc.string(), fc.constantFrom("$bytes", "$", "$$bytes", "__proto__", "constructor", "1"))
const { value: anything } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    number,
    fc.boolean(),
    fc.constant(null),
    bytes,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 4 }).map((entries) => Object.fromEntries(entries))
  )
}))

const word = z.object({
  text: z.string(),
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  confidence: z.number()
})
const moment = z.codec(z.iso.datetime(), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString()
})

/** Artifacts of every kind, each with values that fit its schema. */
const artifacts = {
  anything: { schema: z.unknown(), values: anything },
  document: { schema: z.instanceof(Uint8Array), values: fc.uint8Array({ maxLength: 40_000 }) },
  images: {
    schema: z.array(z.object({ pageNumber: z.int(), data: z.instanceof(Uint8Array) })),
    values: fc.array(fc.record({ pageNumber: fc.nat(), data: bytes }), { maxLength: 3 })
  },
  words: {
    schema: z.array(word),
    values: fc.array(
      fc.record({
        text: fc.string(),
        box: fc.record({ x: number, y: number, width: number, height: number }),
        confidence: number
      })
    )
  },
  moment: { schema: moment, values: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }) },
  timeblocks: {
    schema: z.array(ExtractedTimeblock),
    values: fc.array(
      fc.record({
        dayOfWeek: fc.constantFrom("Monday" as const, "Sunday" as const, null),
        startTime: fc.constantFrom("09:00", null),
        endTime: fc.constantFrom("10:00", null),
        name: fc.string(),
        notes: fc.option(fc.string()),
        subject: fc.constant(null),
        room: fc.constant(null),
        teacher: fc.constant(null),
        color: fc.constantFrom("#CFE0FF", null),
        period: fc.option(fc.nat(12)),
        periodEnd: fc.constant(null),
        week: fc.constant(null),
        className: fc.option(fc.string()),
        page: fc.integer({ min: 1, max: 50 }),
        confidence: fc.integer({ min: 0, max: 10_000 }).map((each) => each / 100),
        fieldConfidence: fc.constant({ day: 100, start: 99.5, end: 0, name: 12.34 }),
        evidence: fc.constant({})
      })
    )
  },
  metadata: { schema: TimeblockMetadata, values: fc.constant({ room: "3", ownField: { deep: [1, null] } }) }
} satisfies Record<string, { schema: z.ZodType; values: fc.Arbitrary<unknown> }>

describe("an artifact", () => {
  test.each(Object.entries(artifacts))(
    "of %s is what it was after a store and its schema",
    async (name, { schema, values }) => {
      await fc.assert(
        fc.asyncProperty(values as fc.Arbitrary<unknown>, async (value) => {
          const blobs = MemoryBlobStore.make()
          const stored = await Effect.runPromise(store(blobs, name, schema, value, "stage"))
          expect(stored.value).toEqual(value)
          const loaded = await Effect.runPromise(load(blobs, name, schema, stored.ref!))
          expect(loaded.value).toEqual(value)
        }),
        { numRuns: 60 }
      )
    }
  )

  test("has one address, whatever the order of its keys", () => {
    const shuffled = fc.dictionary(fc.string(), number).chain((record) =>
      fc.tuple(
        fc.constant(record),
        fc
          .shuffledSubarray(Object.keys(record), { minLength: Object.keys(record).length })
          .map((keys) => Object.fromEntries(keys.map((each) => [each, record[each]])))
      )
    )
    fc.assert(
      fc.property(shuffled, ([one, other]) => {
        const text = (value: unknown) => canonicalJson(value, () => "")
        expect(text(other)).toBe(text(one))
      })
    )
  })

  test("has a text that tells values apart, bytes from what looks like them too", () => {
    const hashOf = (value: Uint8Array) => String(value)
    const parse = (text: string) => parseCanonicalJson(text, (hash) => Uint8Array.from(hash.split(",").map(Number)))
    expect(parse(canonicalJson({ $bytes: "1,2" }, hashOf))).toEqual({ $bytes: "1,2" })
    expect(parse(canonicalJson(Uint8Array.of(1, 2), hashOf))).toEqual(Uint8Array.of(1, 2))
  })

  test.each([
    ["NaN", { pages: [Number.NaN] }, "$.pages[0]"],
    ["a date", { at: new Date(0) }, "$.at"],
    ["a map", new Map(), "$"],
    ["a big integer", [1n], "$[0]"]
  ])("cannot be %s, and the place is named", async (_, value, place) => {
    const failure = await Effect.runPromise(
      Effect.flip(store(MemoryBlobStore.make(), "odd", z.unknown(), value, "stage"))
    )
    expect(failure).toBeInstanceOf(ArtifactInvalid)
    expect(String((failure as ArtifactInvalid).cause)).toContain(`${place} has no form`)
  })

  test("whose bytes are gone or spoilt fails, and is never given as something else", async () => {
    const journal = MemoryJournal.make()
    const blobs = MemoryBlobStore.make()
    const long = stage({
      name: "long",
      version: "1",
      needs: {},
      gives: { text: z.string() },
      run: () => ({ text: "x".repeat(5_000) })
    })
    const line = pipeline("long", {}).use(long).provide(Journal, journal).provide(BlobStore, blobs)
    await line.run({}, { runId: "r" })
    const [, finished] = await Effect.runPromise(journal.read("r"))
    const ref = finished?.kind === "finished" ? finished.gives.text : undefined
    if (ref === undefined || !("hash" in ref)) throw new Error("the text does not lie in the blob store")
    const at = artifactKey(ref.hash)
    await Effect.runPromise(blobs.put(at, new TextEncoder().encode('"another text"')))
    await expect(line.replay("r")).rejects.toMatchObject({ reason: { _tag: "ArtifactInvalid", from: "store" } })
    await Effect.runPromise(blobs.remove(at))
    await expect(line.replay("r")).rejects.toMatchObject({ reason: { _tag: "ArtifactInvalid", from: "store" } })
  })
})

describe("the hash", () => {
  test("is the platform's SHA-256, for short and long bytes and for text", async () => {
    const platform = async (value: Uint8Array<ArrayBuffer>) =>
      Buffer.from(await crypto.subtle.digest("SHA-256", value)).toString("hex")
    for (const length of [0, 1, 55, 64, 16_383, 16_384, 100_000]) {
      const value = new Uint8Array(length).map((_, index) => index % 251)
      expect(await Effect.runPromise(hashBytes(value))).toBe(await platform(value))
    }
    expect(hashText("é")).toBe(await platform(new TextEncoder().encode("é")))
  })
})

describe("the blob store in memory", () => {
  test("gives back what was put, and nothing for what was not or was removed", async () => {
    const blobs = MemoryBlobStore.make()
    const found = (at: string) => Effect.runPromise(Effect.map(blobs.find(at), Option.getOrNull))
    await Effect.runPromise(blobs.put("a", Uint8Array.of(1)))
    expect(await found("a")).toEqual(Uint8Array.of(1))
    expect(await found("b")).toBeNull()
    await Effect.runPromise(blobs.remove("a"))
    await Effect.runPromise(blobs.remove("a"))
    expect(await found("a")).toBeNull()
  })
})
