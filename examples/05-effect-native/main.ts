// Timegrid as Effects: typed errors, layers, time limits and interruption. node main.ts FILE...
import { toJson } from "@timegrid/core"
import { Console, Effect, Exit } from "effect"
import { extractFile, layer } from "timegrid"

const samples = ["class-week.pdf", "emploi-du-temps.docx", "truth/class-week.json"].map(
  (name) => new URL(`../samples/${name}`, import.meta.url)
)
const files = process.argv.length > 2 ? process.argv.slice(2) : samples

const readOne = (file: string | URL) =>
  extractFile(file).pipe(
    Effect.timeout("2 minutes"),
    Effect.tap((extraction) => Console.log(toJson(extraction, "line").slice(0, 100))),
    // The compiler knows what can go wrong, and that nothing is left when all of it is caught.
    Effect.catchTags({
      DocumentError: ({ code, message }) => Console.log(`${file}: ${code}: ${message}`),
      FileError: ({ code, message }) => Console.log(`${file}: ${code}: ${message}`),
      OcrError: ({ code, message }) => Console.log(`${file}: ${code}: ${message}`),
      TimeoutError: () => Console.log(`${file}: took too long`)
    })
  )

const program = Effect.forEach(files, readOne, { concurrency: 2, discard: true }).pipe(
  // Readers and engines live as long as the program: the layer starts them, and ends them however it ends.
  Effect.provide(layer({ languages: ["eng"] }))
)

const interruption = new AbortController()
process.once("SIGINT", () => interruption.abort())
const exit = await Effect.runPromiseExit(program, { signal: interruption.signal })
process.exitCode = Exit.isSuccess(exit) ? 0 : 1
