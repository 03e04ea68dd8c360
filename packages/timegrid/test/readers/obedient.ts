import { execFileSync } from "node:child_process"
import { readFileSync } from "node:fs"
import { DocumentError, type DocumentReader, type Page } from "@timegrid/core"
import { Effect } from "effect"

// A reader that does what its document says, so that each test can name the harm it wants done.
const deeds: Readonly<Record<string, () => Effect.Effect<string, DocumentError>>> = {
  "say hello": () => Effect.succeed("hello"),
  "say pid": () => Effect.succeed(String(process.pid)),
  "say environment": () => Effect.sync(() => Object.keys(process.env).join(",")),
  "loop for ever": () =>
    Effect.sync(() => {
      while (true);
    }),
  "wait for ever": () => Effect.never,
  "take two gigabytes": () =>
    Effect.promise(async () => {
      const taken: Array<Uint8Array> = []
      while (taken.length < 64) {
        taken.push(new Uint8Array(32 * 1024 * 1024).fill(1))
        await new Promise((resolve) => setTimeout(resolve, 5))
      }
      return String(taken.length)
    }),
  "fill the heap": () =>
    Effect.sync(() => {
      const taken: Array<Array<number>> = []
      while (true) taken.push(Array.from({ length: 100_000 }, (_, index) => index + 0.5))
    }),
  exit: () => Effect.sync(() => process.exit(3)),
  throw: () => Effect.die(new TypeError("a bug in the reader")),
  refuse: () => new DocumentError({ code: "document_encrypted", message: "The document is encrypted." }),
  "start a program": () => Effect.sync(() => execFileSync("echo", ["started"], { encoding: "utf8" })),
  "read the file system": () => Effect.sync(() => readFileSync("/etc/hostname", "utf8"))
}

const magic = "OBEY "

const pageOf = (text: string): Page => ({
  pageNumber: 1,
  widthPx: 3000,
  heightPx: 2000,
  rotation: 0,
  pointsPerPixel: null,
  words: text.split(" ").map((word) => ({
    text: word,
    box: { x: 0, y: 0, width: 10, height: 10 },
    rotation: 0,
    confidence: 1,
    source: "native",
    engine: "obedient",
    style: null
  })),
  rules: [],
  fills: [],
  images: [],
  tables: null,
  toImage: null
})

/** Reads documents that say `OBEY` and one of its deeds; page images are gray and grow lighter downwards. */
export const reader: DocumentReader = {
  name: "obedient",
  module: import.meta.url,
  recognize: (bytes) => (new TextDecoder().decode(bytes.subarray(0, magic.length)) === magic ? "text/x-obey" : null),
  check: () => Effect.void,
  open: (bytes) =>
    Effect.gen(function* () {
      const deed = deeds[new TextDecoder().decode(bytes).slice(magic.length)]
      const said = deed === undefined ? "unknown deed" : yield* deed()
      return {
        documentType: "text/x-obey",
        pages: [pageOf(said)],
        render: (pageNumber) =>
          Effect.sync(() => {
            const data = new Uint8Array(3000 * 2000 * 3)
            for (let index = 0; index < data.length; index++) data[index] = index % 251
            return { pageNumber, widthPx: 3000, heightPx: 2000, channels: 3, data }
          })
      }
    })
}

/** A document that has the reader do a deed. */
export const obey = (deed: string): Uint8Array => new TextEncoder().encode(`${magic}${deed}`)
