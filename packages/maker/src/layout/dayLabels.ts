import type { Weekday } from "@timegrid/core"
import type { Random } from "../Random.ts"
import type { SchoolWeek } from "../week/SchoolWeek.ts"

/** How the days of one document are headed. */
export type DayLabel = (day: Weekday) => string

/** One way to write days: whole, in capitals, or cut to three letters. */
export const pickDayLabel = (random: Random, week: SchoolWeek): DayLabel => {
  const whole: DayLabel = (day) => week.vocabulary.days[day]
  return random.pick<DayLabel>([
    whole,
    whole,
    (day) => whole(day).toUpperCase(),
    (day) => whole(day).slice(0, 3),
    (day) => whole(day).slice(0, 3).toUpperCase()
  ])
}

/** Days by their first letter; only the order tells Tuesday from Thursday. */
export const initialLabel =
  (week: SchoolWeek): DayLabel =>
  (day) =>
    week.vocabulary.days[day].slice(0, 1)
