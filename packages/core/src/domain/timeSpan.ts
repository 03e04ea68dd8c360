import type * as z from "zod"

/** The shortest and the longest timeblock, in seconds. */
export const timeblockSeconds = { min: 5 * 60, max: 8 * 60 * 60 } as const

/** Seconds from the start of the day to `HH:MM` or `HH:MM:SS`. */
export const secondsOf = (time: string): number =>
  numberAt(time, 0) * 3600 + numberAt(time, 3) * 60 + (time.length > "HH:MM".length ? numberAt(time, 6) : 0)

/** The number of two digits at a place of a time. */
const numberAt = (time: string, place: number) =>
  (time.charCodeAt(place) - digitZero) * 10 + time.charCodeAt(place + 1) - digitZero

const digitZero = "0".charCodeAt(0)

/**
 * A check of three fields of an object: it starts before it ends, lasts from 5 minutes to 8 hours, and its duration,
 * where it has one, is that in minutes, rounded as Postgres rounds it.
 */
export const timeSpan =
  <Start extends string, End extends string, Minutes extends string>(names: {
    readonly start: Start
    readonly end: End
    readonly duration: Minutes
  }) =>
  ({
    value,
    issues
  }: z.core.ParsePayload<
    { readonly [Name in Start | End]: string } & { readonly [Name in Minutes]?: number | undefined }
  >): void => {
    // Texts that are no times have their fault already, and no span.
    if (issues.some(({ path }) => path?.[0] === names.start || path?.[0] === names.end)) return
    const seconds = secondsOf(value[names.end]) - secondsOf(value[names.start])
    const fault = (path: Start | End | Minutes, message: string) =>
      issues.push({ code: "custom", path: [path], message, input: value[path] })
    const duration = value[names.duration]
    if (seconds <= 0) fault(names.end, "The end must be after the start")
    else if (seconds < timeblockSeconds.min) fault(names.end, "A timeblock must last at least 5 minutes")
    else if (seconds > timeblockSeconds.max) fault(names.end, "A timeblock must last at most 8 hours")
    else if (duration !== undefined && duration !== Math.round(seconds / 60)) {
      fault(names.duration, "The duration must be the minutes from start to end")
    }
  }
