import * as z from "zod"
import { ranks } from "./ranks.ts"

/** The seven weekdays in week order, Monday first, as the domain writes them. */
export const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const

/** One of {@link weekdays}. */
export const Weekday = z.enum(weekdays)
export type Weekday = z.output<typeof Weekday>

/** Week order: Monday is 0, Sunday 6. */
export const weekdayRanks = ranks(weekdays)
