import * as z from "zod"
import { ClockTime } from "../values.ts"
import { Weekday } from "../Weekday.ts"
import { jsonText } from "./jsonText.ts"
import { daySeconds, redisEntry } from "./RedisEntry.ts"

/** What a language model made of a document; open for more. */
export const CachedLlmResult = z.looseObject({
  timeblocks: z.array(
    z.looseObject({
      dayOfWeek: Weekday.nullable(),
      startTime: ClockTime.nullable(),
      endTime: ClockTime.nullable(),
      name: z.string(),
      notes: z.string().nullish()
    })
  ),
  /** What the document says of the whole timetable. */
  metadata: z.looseObject({})
})
export type CachedLlmResult = z.output<typeof CachedLlmResult>

/** Between the JSON text in Redis and {@link CachedLlmResult}. */
export const CachedLlmResultCodec = jsonText(CachedLlmResult)

/** `llm:result:{documentHash}:{promptHash}`, JSON for 90 days; the prompt's hash takes in model and parameters. */
export const llmResultEntry = redisEntry({
  pattern: "llm:result:{documentHash}:{promptHash}",
  type: "string",
  lifetimeSeconds: 90 * daySeconds
})
