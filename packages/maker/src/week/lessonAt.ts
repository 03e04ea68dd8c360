import type { SchoolWeek } from "./SchoolWeek.ts"

/** The name of the lesson that covers a slot of a day; empty when the slot is free. Slots count from 0. */
export const lessonAt = (week: SchoolWeek, day: string, slot: number): string =>
  week.lessons.find((lesson) => lesson.day === day && lesson.firstSlot <= slot && lesson.lastSlot >= slot)?.name ?? ""
