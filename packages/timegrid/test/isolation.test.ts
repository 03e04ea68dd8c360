import { assert, layer } from "@effect/vitest"
import { type DocumentError, type DocumentReader, defaultLimits, type Limits } from "@timegrid/core"
import { Cause, Context, Effect, Fiber, Layer } from "effect"
import { isolateReader } from "../src/isolation/isolateReader.ts"
import { makeParserPool } from "../src/isolation/ParserPool.ts"
import { obey, reader } from "./readers/obedient.ts"

const limits: Limits = { ...defaultLimits, cpuSeconds: 10, wallSeconds: 20, memoryBytes: 384 * 1024 * 1024 }

const makeIsolated = (size = 1, memoryBytes = limits.memoryBytes) =>
  Effect.map(makeParserPool({ modules: [reader.module ?? ""], size, memoryBytes }), (pool) =>
    isolateReader(reader, pool)
  )

const answerTo = (isolated: DocumentReader, deed: string, changed: Partial<Limits> = {}) =>
  Effect.scoped(
    Effect.map(isolated.open(obey(deed), { ...limits, ...changed }), ({ pages }) =>
      (pages[0]?.words ?? []).map(({ text }) => text).join(" ")
    )
  )

const codeOf = (isolated: DocumentReader, deed: string, changed: Partial<Limits> = {}) =>
  Effect.map(Effect.flip(answerTo(isolated, deed, changed)), ({ code }: DocumentError) => code)

const defectOf = (isolated: DocumentReader, deed: string) =>
  answerTo(isolated, deed).pipe(
    Effect.sandbox,
    Effect.flip,
    Effect.map((cause) => String(Cause.squash(cause)))
  )

const isRunning = (pid: string) => {
  try {
    process.kill(Number(pid), 0)
    return true
  } catch {
    return false
  }
}

const untilGone = (pid: string) =>
  Effect.gen(function* () {
    while (isRunning(pid)) yield* Effect.sleep("20 millis")
  }).pipe(Effect.timeout("5 seconds"))

// Starting a process takes longer than most tests: those that need no fresh one share a pool.
class SharedReader extends Context.Service<SharedReader, DocumentReader>()("test/SharedReader") {}

layer(Layer.effect(SharedReader, makeIsolated()), { excludeTestServices: true })(
  "a reader in a process of its own",
  (it) => {
    it.effect("reads documents one after the other in one warm process", () =>
      Effect.gen(function* () {
        const isolated = yield* SharedReader
        const first = yield* answerTo(isolated, "say pid")
        assert.notStrictEqual(first, String(process.pid))
        assert.strictEqual(yield* answerTo(isolated, "say pid"), first)
      })
    )

    it.effect("hands over every pixel of a page image", () =>
      Effect.gen(function* () {
        const isolated = yield* SharedReader
        const document = yield* isolated.open(obey("say hello"), limits)
        const image = yield* document.render(1)
        assert.strictEqual(image.data.length, 3000 * 2000 * 3)
        assert.isTrue(image.data.every((level, index) => level === index % 251))
      })
    )

    it.effect("refuses with the reader's own code and sentence", () =>
      Effect.gen(function* () {
        const isolated = yield* SharedReader
        const error = yield* Effect.flip(answerTo(isolated, "refuse"))
        assert.deepStrictEqual([error.code, error.message], ["document_encrypted", "The document is encrypted."])
      })
    )

    it.effect("stops a parser that computes for ever, and reads the next document", () =>
      Effect.gen(function* () {
        const isolated = yield* SharedReader
        assert.strictEqual(yield* codeOf(isolated, "loop for ever", { cpuSeconds: 0.3 }), "processing_timeout")
        assert.strictEqual(yield* answerTo(isolated, "say hello"), "hello")
      })
    )

    it.effect("stops a parser that waits for ever", () =>
      Effect.gen(function* () {
        const isolated = yield* SharedReader
        assert.strictEqual(yield* codeOf(isolated, "wait for ever", { wallSeconds: 0.3 }), "processing_timeout")
      })
    )

    it.effect("stops a parser that takes more memory than allowed, on or off the heap", () =>
      Effect.gen(function* () {
        const isolated = yield* SharedReader
        // A busy machine takes its time to fill the memory.
        const patient = { cpuSeconds: 120, wallSeconds: 120 }
        assert.strictEqual(yield* codeOf(isolated, "take two gigabytes", patient), "decompression_bomb")
        assert.strictEqual(yield* codeOf(isolated, "fill the heap", patient), "decompression_bomb")
        assert.strictEqual(yield* answerTo(isolated, "say hello"), "hello")
      })
    )

    it.effect("stops such a parser even while its parent is too busy to look", () =>
      Effect.gen(function* () {
        const isolated = yield* makeIsolated()
        const call = yield* Effect.forkChild(codeOf(isolated, "take two gigabytes", { memoryBytes: 8 * 1024 ** 3 }))
        yield* Effect.sleep("50 millis")
        const end = performance.now() + 1000
        while (performance.now() < end);
        assert.strictEqual(yield* Fiber.join(call), "decompression_bomb")
      })
    )

    it.effect("calls a file corrupt whose parser ends the process", () =>
      Effect.gen(function* () {
        const isolated = yield* SharedReader
        assert.strictEqual(yield* codeOf(isolated, "exit"), "corrupt_file")
        assert.strictEqual(yield* answerTo(isolated, "say hello"), "hello")
      })
    )

    it.effect("tells a bug of the reader as a defect and goes on", () =>
      Effect.gen(function* () {
        const isolated = yield* SharedReader
        assert.include(yield* defectOf(isolated, "throw"), "a bug in the reader")
        assert.strictEqual(yield* answerTo(isolated, "say hello"), "hello")
      })
    )

    it.effect("sees no variable of the environment that may hold a secret", () =>
      Effect.gen(function* () {
        process.env.DATABASE_PASSWORD = "secret"
        const isolated = yield* makeIsolated()
        const names = yield* answerTo(isolated, "say environment")
        assert.notInclude(names, "DATABASE_PASSWORD")
        assert.include(names, "PATH")
      })
    )

    it.effect("cannot start another program", () =>
      Effect.gen(function* () {
        const isolated = yield* SharedReader
        assert.include(yield* defectOf(isolated, "start a program"), "Access to this API has been restricted")
      })
    )

    it.effect("is ended by the interruption of its call", () =>
      Effect.gen(function* () {
        const isolated = yield* makeIsolated()
        const pid = yield* answerTo(isolated, "say pid")
        const call = yield* Effect.forkChild(answerTo(isolated, "loop for ever", { cpuSeconds: 60, wallSeconds: 60 }))
        yield* Effect.sleep("100 millis")
        yield* Fiber.interrupt(call)
        yield* untilGone(pid)
        assert.notStrictEqual(yield* answerTo(isolated, "say pid"), pid)
      })
    )

    it.effect("is replaced after a number of documents", () =>
      Effect.gen(function* () {
        const isolated = yield* makeIsolated()
        const pids = new Set<string>()
        for (let document = 0; document < 26; document++) pids.add(yield* answerTo(isolated, "say pid"))
        assert.strictEqual(pids.size, 2)
      })
    )

    it.effect("ends with the scope of its pool", () =>
      Effect.gen(function* () {
        const pid = yield* Effect.scoped(Effect.flatMap(makeIsolated(), (isolated) => answerTo(isolated, "say pid")))
        assert.isFalse(isRunning(pid))
      })
    )

    it.effect("serves as many documents at once as the pool is large", () =>
      Effect.gen(function* () {
        const isolated = yield* makeIsolated(2)
        const pids = yield* Effect.all(
          [0, 1].map(() =>
            Effect.scoped(
              Effect.gen(function* () {
                const { pages } = yield* isolated.open(obey("say pid"), limits)
                yield* Effect.sleep("300 millis")
                return pages[0]?.words[0]?.text
              })
            )
          ),
          { concurrency: 2 }
        )
        assert.strictEqual(new Set(pids).size, 2)
      })
    )
  }
)
