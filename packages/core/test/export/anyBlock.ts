import type { ExtractedTimeblock } from "@timegrid/core"
import { weekdays } from "@timegrid/core"
import * as fc from "fast-check"
import { timeblock } from "../support/extractions.ts"

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"))

const nullable = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })

/** Blocks with any text that a page may hold. */
export const anyBlock: fc.Arbitrary<ExtractedTimeblock> = fc
  .record({
    dayOfWeek: nullable(fc.constantFrom(...weekdays)),
    startTime: nullable(clock),
    endTime: nullable(clock),
    name: fc.string({ unit: "binary" }),
    notes: nullable(fc.string({ unit: "grapheme" })),
    week: nullable(fc.constantFrom("A", "B")),
    className: nullable(fc.constantFrom("4M", "5 Oak")),
    confidence: fc.integer({ min: 0, max: 100 })
  })
  .map(timeblock)
