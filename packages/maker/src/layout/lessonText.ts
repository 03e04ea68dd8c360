import type { Random } from "../Random.ts"
import type { Line } from "../sheet/Sheet.ts"
import type { Lesson } from "../week/SchoolWeek.ts"
import { type Look, styled } from "./Look.ts"

/** What a cell says of a lesson besides its name, and how. */
export type LessonText =
  | "name"
  | "teacher-below"
  | "room-below"
  | "teacher-and-room-below"
  | "room-in-brackets"
  | "teacher-after-dash"

const kinds: ReadonlyArray<LessonText> = [
  "name",
  "name",
  "teacher-below",
  "room-below",
  "teacher-and-room-below",
  "room-in-brackets",
  "teacher-after-dash"
]

/** One kind for a whole document. */
export const pickLessonText = (random: Random): LessonText => random.pick(kinds)

/** The lines of a cell and what they mean. What all days share has neither teacher nor room. */
export const writeLesson = (
  kind: LessonText,
  lesson: Pick<Lesson, "name" | "teacher" | "room">,
  look: Look
): { readonly lines: ReadonlyArray<Line>; readonly notes: string | null } => {
  const { name, teacher, room } = lesson
  const head = styled(name, look.body)
  if (kind === "name" || teacher === "") return { lines: [[head]], notes: null }
  switch (kind) {
    case "teacher-below":
      return { lines: [[head], [styled(teacher, look.secondary)]], notes: teacher }
    case "room-below":
      return { lines: [[head], [styled(room, look.secondary)]], notes: room }
    case "teacher-and-room-below":
      return {
        lines: [[head], [styled(teacher, look.secondary)], [styled(room, look.secondary)]],
        notes: `${teacher} ${room}`
      }
    case "room-in-brackets":
      return { lines: [[styled(`${name} (${room})`, look.body)]], notes: room }
    case "teacher-after-dash":
      return { lines: [[styled(`${name} - ${teacher}`, look.body)]], notes: teacher }
  }
}
