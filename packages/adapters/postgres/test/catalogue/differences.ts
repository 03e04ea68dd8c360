import { readFile } from "node:fs/promises"
import path from "node:path"
import { Effect } from "effect"

const document = path.join(import.meta.dirname, "../../../../../docs/seed-differences.md")

/** The names in backquotes of the first column of the tables below a heading. */
export const namedDifferences = (heading: string) =>
  Effect.map(
    Effect.promise(() => readFile(document, "utf8")),
    (text) => {
      const [, section = ""] = text.split(`## ${heading}\n`)
      const [body = ""] = section.split("\n## ")
      const cells = body.split("\n").flatMap((line) => (line.startsWith("| `") ? [line.split("|")[1] ?? ""] : []))
      return cells.flatMap((cell) => Array.from(cell.matchAll(/`([^`]+)`/g), ([, name]) => name ?? "")).toSorted()
    }
  )
