import { createRequire } from "node:module"
import { sep } from "node:path"
import { DocumentError, type Limits } from "@timegrid/core"
import { Effect, type Scope } from "effect"
import type { PDFDocumentProxy } from "pdfjs-dist/legacy/build/pdf.mjs"
import { skipImages } from "./skipImages.ts"

type Engine = typeof import("pdfjs-dist/legacy/build/pdf.mjs")

/** A parsed document with the engine that parsed it. */
export interface ParsedPdf {
  readonly engine: Engine
  readonly document: PDFDocumentProxy
}

const corrupt = (cause: unknown) =>
  new DocumentError({ code: "corrupt_file", message: "The PDF is damaged and cannot be read.", cause })

const loadEngine = Effect.tryPromise({ try: () => import("pdfjs-dist/legacy/build/pdf.mjs"), catch: corrupt })

const folderOf = (name: string): string => {
  const manifest = createRequire(import.meta.url).resolve("pdfjs-dist/package.json")
  return `${manifest.slice(0, -"package.json".length)}${name}${sep}`
}

const errorOf = (cause: unknown): DocumentError =>
  cause instanceof Error && cause.name === "PasswordException"
    ? new DocumentError({ code: "document_encrypted", message: "The PDF needs a password to be opened.", cause })
    : corrupt(cause)

/** Runs one call of the engine; whatever it throws says that the file is broken. */
export const attempt = <A>(call: () => Promise<A>): Effect.Effect<A, DocumentError> =>
  Effect.tryPromise({ try: call, catch: errorOf })

/** Portals often make timetables that open the print dialog; that harms nobody. */
const printsOnly = /^\s*(this\.)?print\s*\([^()]*\)\s*;?\s*$/

/**
 * Whether a script runs as soon as the document is opened. Scripts that a form only defines, or runs when a field is
 * filled in, are common in what schools publish and do not count; no script is ever run here.
 */
const runsScript = (document: PDFDocumentProxy): Effect.Effect<boolean, DocumentError> =>
  Effect.map(
    // The engine answers with a map, where its types promise less.
    attempt(() => document.getJSActions() as Promise<ReadonlyMap<string, ReadonlyArray<string>> | null>),
    (scripts) => (scripts?.get("OpenAction") ?? []).some((script) => !printsOnly.test(script))
  )

/** Parses the bytes. The document is freed with the scope. */
export const parse = Effect.fnUntraced(function* (
  bytes: Uint8Array,
  limits: Limits
): Effect.fn.Return<ParsedPdf, DocumentError, Scope.Scope> {
  const engine = yield* loadEngine
  const task = yield* Effect.acquireRelease(
    Effect.try({
      try: () =>
        engine.getDocument({
          data: skipImages(bytes),
          standardFontDataUrl: folderOf("standard_fonts"),
          cMapUrl: folderOf("cmaps"),
          // Names and metrics of fonts; the operators alone then tell all that the text layer would.
          fontExtraProperties: true,
          maxImageSize: limits.imagePixels,
          useSystemFonts: false,
          useWorkerFetch: false,
          enableXfa: false,
          verbosity: 0
        }),
      catch: corrupt
    }),
    (task) => Effect.promise(() => task.destroy())
  )
  const document = yield* attempt(() => task.promise)
  if (document.numPages > limits.pages) {
    return yield* new DocumentError({
      code: "too_many_pages",
      message: `The PDF has ${document.numPages} pages; at most ${limits.pages} are read.`
    })
  }
  if (document.numPages < 1) return yield* corrupt(new Error("no pages"))
  if (yield* runsScript(document)) {
    return yield* new DocumentError({ code: "active_content", message: "The PDF runs a script when it is opened." })
  }
  return { engine, document }
})
