import { ResponseMalformed } from "@timegrid/core"
import { Effect } from "effect"
import * as z from "zod"
import { printable } from "./printable.ts"

/** JSON in UTF-8 that fits a schema; fails with `ResponseMalformed`, whose cause says in short what is wrong. */
export const decodeJson = <S extends z.ZodType>(
  body: Uint8Array,
  schema: S
): Effect.Effect<z.output<S>, ResponseMalformed> =>
  Effect.try({
    try: () => schema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body))),
    catch: (cause) => new ResponseMalformed({ cause: new Error(complaintOf(cause)) })
  })

/** Of an answer with ten thousand wrong words, the first few are enough. */
const mostIssues = 3

const complaintOf = (cause: unknown): string => {
  if (cause instanceof z.ZodError) return printable(z.prettifyError({ issues: cause.issues.slice(0, mostIssues) }))
  return cause instanceof Error ? printable(cause.message) : "it is no JSON"
}
