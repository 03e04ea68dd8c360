/**
 * The program of a parser process. Its arguments are the bytes of memory that it may take and the URLs of the modules
 * of its readers. It serves the requests of its parent, one document at a time, and ends with it, whatever it is doing.
 */
import { Worker } from "node:worker_threads"
import type { DocumentError, DocumentReader, OpenDocument } from "@timegrid/core"
import { Cause, Effect, Exit, Option, Scope } from "effect"
import {
  type NumberedRequest,
  outOfMemorySignal,
  type ParserMessage,
  type ParserOutcome,
  type ParserRequest
} from "./isolation/protocol.ts"
import { withoutNeedlessColor } from "./isolation/withoutNeedlessColor.ts"

/** Pixels go to the parent in pieces, so that no second copy of a whole image is ever held. */
const pixelChunkBytes = 4 * 1024 * 1024

const send = (message: ParserMessage): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, () => resolve())
  })

// A parser at work hears nothing, and the parent may be busy: this thread ends the process when the parent is gone or
// more memory is taken than allowed.
const startWatchdog = (memoryBytes: number) => {
  const program = `setInterval(() => {
    if (process.ppid !== ${process.ppid}) process.kill(process.pid, "SIGKILL")
    if (process.memoryUsage.rss() > ${memoryBytes}) process.kill(process.pid, "${outOfMemorySignal}")
  }, 20)`
  new Worker(program, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } }).unref()
}

const loadReader = (module: string): Promise<DocumentReader> =>
  import(module).then((exports: { readonly reader: DocumentReader }) => exports.reader)

let open: { readonly document: OpenDocument; readonly scope: Scope.Closeable } | null = null

const closeDocument = Effect.gen(function* () {
  if (open !== null) {
    const { scope } = open
    open = null
    yield* Scope.close(scope, Exit.void)
  }
})

const serve = Effect.fnUntraced(function* (
  requestId: number,
  request: ParserRequest
): Effect.fn.Return<ParserOutcome, DocumentError> {
  switch (request.type) {
    case "check": {
      const reader = yield* Effect.promise(() => loadReader(request.module))
      yield* reader.check(request.bytes, request.limits)
      return { type: "checked" }
    }
    case "open": {
      yield* closeDocument
      const reader = yield* Effect.promise(() => loadReader(request.module))
      const scope = yield* Scope.make()
      const document = yield* reader.open(request.bytes, request.limits).pipe(
        Scope.provide(scope),
        Effect.onError(() => Scope.close(scope, Exit.void))
      )
      open = { document, scope }
      return { type: "opened", document: { documentType: document.documentType, pages: document.pages } }
    }
    case "render": {
      if (open === null) {
        return yield* Effect.die(new Error("A page was asked for before a document was opened."))
      }
      const rendered = yield* open.document.render(request.pageNumber, request.options)
      const { data, ...image } = withoutNeedlessColor(rendered)
      for (let start = 0; start < data.length; start += pixelChunkBytes) {
        const bytes = data.subarray(start, start + pixelChunkBytes)
        yield* Effect.promise(() => send({ type: "pixels", requestId, bytes }))
      }
      return { type: "rendered", image }
    }
    case "close": {
      yield* closeDocument
      return { type: "closed" }
    }
  }
})

const failureOf = (cause: Cause.Cause<DocumentError>): ParserOutcome =>
  Option.match(Cause.findErrorOption(cause), {
    onSome: ({ code, message }): ParserOutcome => ({ type: "refused", code, message }),
    onNone: (): ParserOutcome => ({ type: "defect", stack: Cause.pretty(cause) })
  })

process.on("message", ({ request, requestId }: NumberedRequest) => {
  serve(requestId, request).pipe(
    Effect.catchCause((cause) => Effect.succeed(failureOf(cause))),
    Effect.flatMap((outcome) => Effect.promise(() => send({ type: "outcome", requestId, outcome }))),
    Effect.runFork
  )
})
process.on("disconnect", () => process.exit())
// Ctrl-C reaches the whole process group; the parent decides what becomes of its children.
process.on("SIGINT", () => {})

const [memoryBytes, ...modules] = process.argv.slice(2)
startWatchdog(Number(memoryBytes))
// A reader that fails to load says so when a document needs it.
await Promise.allSettled(modules.map(loadReader))
await send({ type: "ready" })
