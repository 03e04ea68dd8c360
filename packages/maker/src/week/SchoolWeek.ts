import { type Weekday, weekdays } from "@timegrid/core"
import type { Random } from "../Random.ts"
import { type Language, type Stage, type Vocabulary, vocabularies } from "./vocabulary.ts"

/** A span of the day that holds for every day of the week; times are minutes from midnight. */
export interface Slot {
  readonly start: number
  readonly end: number
  /** The name of the break, or null where the slot holds lessons. */
  readonly breakName: string | null
  /** From 1, counted over lessons only; null for a break. */
  readonly period: number | null
}

/** What a class does on one day in one slot, or in several that follow each other without a break. */
export interface Lesson {
  readonly day: Weekday
  readonly firstSlot: number
  readonly lastSlot: number
  readonly start: number
  readonly end: number
  /** Whether it begins or ends at another time than its slots, so that its own time must be printed. */
  readonly hasOwnTime: boolean
  /** Whether every day has it in this slot, so that one cell may hold it for all. */
  readonly everyDay: boolean
  readonly name: string
  readonly teacher: string
  readonly room: string
}

/** One week of one class: slots hold for all days, lessons lie in slots and never overlap. */
export interface SchoolWeek {
  readonly language: Language
  readonly stage: Stage
  readonly vocabulary: Vocabulary
  readonly school: string
  readonly className: string
  readonly teacher: string
  readonly term: string
  readonly year: number
  readonly days: ReadonlyArray<Weekday>
  readonly slots: ReadonlyArray<Slot>
  /** In order of day, then time. */
  readonly lessons: ReadonlyArray<Lesson>
}

/** What a layout asks of the week that it prints. */
export interface WeekNeeds {
  /** Default: mostly English. */
  readonly language?: Language
  /** Days and slots that are given, for another week of the same school. */
  readonly frame?: Pick<SchoolWeek, "stage" | "days" | "slots">
  /** Whether lessons may begin or end beside their slots; default true. */
  readonly ownTimes?: boolean
  /** Whether slots may stay empty; default true. */
  readonly freeSlots?: boolean
  /** Whether breaks have names of as many letters as there are days; default false. */
  readonly breaksSpellDays?: boolean
  /** Whether each slot begins when the one before ends; default: now and then it does not. */
  readonly gapless?: boolean
  /** Whether all days share one slot; default: now and then. */
  readonly sharedSlot?: boolean
  /** Most slots that fit, breaks included; default 11. */
  readonly slotLimit?: number
}

const lessonMinutes: Readonly<Record<Stage, ReadonlyArray<number>>> = {
  primary: [30, 35, 40, 45, 60],
  secondary: [40, 45, 50, 55, 60],
  university: [60, 75, 90, 120]
}

const makeSlots = (
  random: Random,
  stage: Stage,
  words: Vocabulary,
  needs: WeekNeeds,
  dayCount: number
): Array<Slot> => {
  const length = random.pick(lessonMinutes[stage])
  const gap = !needs.gapless && stage !== "primary" && random.chance(0.25) ? 5 : 0
  const lessonCount = Math.min(
    stage === "university" ? random.int(4, 5) : Math.round(random.int(270, 340) / length),
    (needs.slotLimit ?? 11) - 2
  )
  const spelling = (names: ReadonlyArray<string>) => {
    const fitting = needs.breaksSpellDays ? names.filter((name) => name.length === dayCount) : names
    return random.pick(fitting.length > 0 ? fitting : names)
  }
  const shortBreak = spelling(words.shortBreaks)
  const longBreak = spelling(words.longBreaks)
  const shortAfter = stage === "university" ? 0 : random.int(1, Math.min(3, Math.max(1, lessonCount - 2)))
  const longAfter = stage === "university" ? 2 : Math.min(lessonCount - 1, shortAfter + random.int(2, 3))

  const slots: Array<Slot> = []
  let clock = stage === "university" ? 8 * 60 + random.pick([0, 15, 30]) : 8 * 60 + random.int(2, 13) * 5
  for (let index = 0; index < lessonCount; index++) {
    slots.push({ start: clock, end: clock + length, breakName: null, period: index + 1 })
    clock += length
    if (index + 1 === shortAfter && shortAfter < longAfter) {
      const minutes = random.pick([15, 20, 25])
      slots.push({ start: clock, end: clock + minutes, breakName: shortBreak, period: null })
      clock += minutes
    } else if (index + 1 === longAfter) {
      const minutes = random.pick([40, 45, 50, 60])
      slots.push({ start: clock, end: clock + minutes, breakName: longBreak, period: null })
      clock += minutes
    } else clock += gap
  }
  return slots
}

/** The slots from `first` on that one lesson may fill: no break and no pause stands between them. */
const isContinuous = (slots: ReadonlyArray<Slot>, first: number): boolean => {
  const next = slots[first + 1]
  return next !== undefined && next.breakName === null && next.start === slots[first]!.end
}

const withOwnTime = (random: Random, lesson: Lesson): Lesson => {
  const shift = random.pick([5, 10])
  return random.chance(0.5)
    ? { ...lesson, start: lesson.start + shift, hasOwnTime: true }
    : { ...lesson, end: lesson.end - shift, hasOwnTime: true }
}

const makeLessons = (
  random: Random,
  days: ReadonlyArray<Weekday>,
  slots: ReadonlyArray<Slot>,
  subjects: ReadonlyArray<string>,
  words: Vocabulary,
  needs: WeekNeeds
): Array<Lesson> => {
  const taught = random.shuffle(subjects).slice(0, random.int(8, 12))
  const staff = new Map(
    taught.map((name) => [name, { teacher: random.pick(words.teachers), room: random.pick(words.rooms) }])
  )
  const lessonSlots = slots.flatMap((slot, index) => (slot.breakName === null ? [index] : []))
  const sharedSlot = needs.sharedSlot || random.chance(0.4) ? random.pick(lessonSlots) : null
  const sharedName = random.pick(words.shared)
  const freeShare = needs.freeSlots === false ? 0 : random.pick([0, 0, 0.08, 0.2])
  const ownTimeShare = needs.ownTimes === false ? 0 : random.pick([0, 0, 0.06, 0.12])

  return days.flatMap((day) => {
    const lessons: Array<Lesson> = []
    let previous = ""
    for (let first = 0; first < slots.length; first++) {
      const slot = slots[first]!
      if (slot.breakName !== null) continue
      if (first === sharedSlot) {
        const shared = { name: sharedName, teacher: "", room: "", everyDay: true, hasOwnTime: false }
        lessons.push({ day, firstSlot: first, lastSlot: first, start: slot.start, end: slot.end, ...shared })
        previous = sharedName
        continue
      }
      if (random.chance(freeShare)) continue
      const name = random.pick(taught.filter((subject) => subject !== previous))
      const isDouble = isContinuous(slots, first) && first + 1 !== sharedSlot && random.chance(0.15)
      const last = isDouble ? first + 1 : first
      const lesson: Lesson = {
        day,
        firstSlot: first,
        lastSlot: last,
        start: slot.start,
        end: slots[last]!.end,
        hasOwnTime: false,
        everyDay: false,
        name,
        ...staff.get(name)!
      }
      lessons.push(random.chance(ownTimeShare) ? withOwnTime(random, lesson) : lesson)
      previous = name
      first = last
    }
    return lessons
  })
}

/** A plausible week of an invented class that meets the needs of a layout. */
export const makeWeek = (random: Random, needs: WeekNeeds = {}): SchoolWeek => {
  const language = needs.language ?? (random.chance(0.25) ? "fr" : "en")
  const stage =
    needs.frame?.stage ?? random.pick(["primary", "primary", "secondary", "secondary", "university"] as const)
  const vocabulary = vocabularies[language]
  const days = needs.frame?.days ?? weekdays.slice(0, !needs.breaksSpellDays && random.chance(0.12) ? 6 : 5)
  const slots = needs.frame?.slots ?? makeSlots(random, stage, vocabulary, needs, days.length)
  return {
    language,
    stage,
    vocabulary,
    school: random.pick(vocabulary.schools[stage]),
    className: random.pick(vocabulary.classes[stage]),
    teacher: random.pick(vocabulary.teachers),
    term: random.pick(vocabulary.terms),
    year: random.int(2021, 2029),
    days,
    slots,
    lessons: makeLessons(random, days, slots, vocabulary.subjects[stage], vocabulary, needs)
  }
}
