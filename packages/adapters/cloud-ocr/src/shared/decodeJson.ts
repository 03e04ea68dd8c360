import { ResponseMalformed } from "@timegrid/core"
import { Effect } from "effect"
import type * as z from "zod"

/** JSON in UTF-8 that fits a schema; fails with `ResponseMalformed`. */
export const decodeJson = <S extends z.ZodType>(
  body: Uint8Array,
  schema: S
): Effect.Effect<z.output<S>, ResponseMalformed> =>
  Effect.try({
    try: () => schema.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body))),
    catch: (cause) => new ResponseMalformed({ cause })
  })
