import type { Random } from "../Random.ts"

/** How a school prints its times. */
export interface ClockStyle {
  readonly hours: 12 | 24
  /** Between hours and minutes; "" prints 0930. */
  readonly separator: ":" | "." | "h" | "-" | ""
  /** Where am and pm stand in a range; only with twelve hours. */
  readonly marker: "none" | "each" | "last"
  readonly markerText: "am" | " am" | "AM" | " AM" | " a.m."
  /** Whether 9:05 is printed as 09:05. */
  readonly padded: boolean
  /** Whether 9:00am is printed as 9am. */
  readonly dropsZeroMinutes: boolean
  readonly dash: string
  /** Whether the hour after noon is wrongly printed as am: 12:10 am. */
  readonly mistakesNoon?: boolean
}

const twentyFour = (separator: ClockStyle["separator"], padded: boolean, dash: string): ClockStyle => ({
  hours: 24,
  separator,
  marker: "none",
  markerText: "am",
  padded,
  dropsZeroMinutes: false,
  dash
})

const twelve = (
  separator: ClockStyle["separator"],
  marker: ClockStyle["marker"],
  markerText: ClockStyle["markerText"],
  dash: string,
  dropsZeroMinutes = false
): ClockStyle => ({ hours: 12, separator, marker, markerText, padded: false, dropsZeroMinutes, dash })

const englishStyles: ReadonlyArray<ClockStyle> = [
  twentyFour(":", true, " - "),
  twentyFour(":", false, " – "),
  twentyFour(".", true, "-"),
  twentyFour("", true, " - "),
  twelve(":", "none", "am", " - "),
  twelve(".", "none", "am", "-"),
  twelve(".", "none", "am", " – "),
  twelve(":", "none", "am", " to "),
  twelve(":", "each", "am", " - "),
  twelve(":", "each", " AM", " - "),
  twelve(".", "each", "am", " – "),
  twelve(":", "each", " a.m.", " - "),
  twelve(".", "last", "am", " - "),
  twelve(":", "last", " AM", " – "),
  twelve(".", "last", "am", "-", true)
]

/** A style with am and pm throughout that gets the hour after noon wrong. */
export const mistakenNoon: ClockStyle = { ...twelve(":", "each", " AM", " - "), mistakesNoon: true }

/** A style with a dash between hours and minutes, and a word between the ends of a range. */
export const dashedClock: ClockStyle = twelve("-", "none", "am", " to ")

const frenchStyles: ReadonlyArray<ClockStyle> = [
  twentyFour("h", false, " - "),
  twentyFour("h", true, " – "),
  twentyFour("h", false, " à "),
  twentyFour(":", true, " - ")
]

/** A style that schools of the language use. */
export const pickClockStyle = (random: Random, language: "en" | "fr"): ClockStyle =>
  random.pick(language === "fr" ? frenchStyles : englishStyles)

const markerOf = (style: ClockStyle, minutes: number): string =>
  minutes < (style.mistakesNoon ? 13 : 12) * 60
    ? style.markerText
    : style.markerText.replace("a", "p").replace("A", "P")

const digits = (style: ClockStyle, minutes: number): string => {
  const hour = Math.floor(minutes / 60)
  const minute = minutes % 60
  const shown = style.hours === 12 ? ((hour + 11) % 12) + 1 : hour
  const hourText = style.padded ? String(shown).padStart(2, "0") : String(shown)
  if (style.dropsZeroMinutes && minute === 0) return hourText
  return `${hourText}${style.separator}${String(minute).padStart(2, "0")}`
}

/** One time as the school prints it, `minutes` from midnight. */
export const printClock = (style: ClockStyle, minutes: number): string =>
  style.marker === "none" ? digits(style, minutes) : digits(style, minutes) + markerOf(style, minutes)

/** A span of time as the school prints it; with `marker: "last"` the start has none where both share it. */
export const printRange = (style: ClockStyle, start: number, end: number): string => {
  const sharesMarker = start < 12 * 60 === end < 12 * 60
  const from = style.marker === "last" && sharesMarker ? digits(style, start) : printClock(style, start)
  return `${from}${style.dash}${printClock(style, end)}`
}

/** HH:MM, as truth writes a time. */
export const hhmm = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`
