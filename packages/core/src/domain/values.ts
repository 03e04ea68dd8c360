import * as z from "zod"
import { quickWhere, through, unusual, withQuickWays } from "./quick.ts"

const hex = "[0-9a-f]"
/** Without counts, which take three times as long: every row has ids. */
const lowerUuid = new RegExp(`^${[8, 4, 4, 4, 12].map((digits) => hex.repeat(digits)).join("-")}$`)

const isBetween = (value: unknown, min: number, max: number): boolean =>
  typeof value === "number" && Number.isInteger(value) && value >= min && value <= max

const [minInteger, maxInteger] = [-(2 ** 31), 2 ** 31 - 1]

/** A UUID in lower case. Any 128 bits will do, as in Postgres: version and variant are not looked at. */
export const Uuid = quickWhere(
  z.guid("Invalid UUID").toLowerCase(),
  (value) => typeof value === "string" && lowerUuid.test(value)
)

/** An e-mail address of at most 255 characters. */
export const Email = z.email().max(255)

/** `#RRGGBB` in upper case. */
export const HexColor = quickWhere(
  z
    .string()
    .regex(/^#[0-9A-Fa-f]{6}$/, "Invalid colour: expected #RRGGBB")
    .toUpperCase(),
  (value) => typeof value === "string" && /^#[0-9A-F]{6}$/.test(value)
)

/** What an `INTEGER` column holds. */
export const Integer = quickWhere(z.int32(), (value) => isBetween(value, minInteger, maxInteger))

/** A whole number that counts something: an `INTEGER` of at least 0. */
export const Count = quickWhere(z.int32().min(0), (value) => isBetween(value, 0, maxInteger))

/** A number from 1, as pages, weeks and the like have them. */
export const Ordinal = quickWhere(z.int32().min(1), (value) => isBetween(value, 1, maxInteger))

const hasTwoDecimals = (value: number) => Math.round(value * 100) / 100 === value

/** A percentage with at most two decimals, as `DECIMAL(5,2)` between 0.00 and 100.00 keeps it. */
export const Confidence = quickWhere(
  z.number().min(0).max(100).refine(hasTwoDecimals, "Expected at most two decimals"),
  (value) => typeof value === "number" && value >= 0 && value <= 100 && hasTwoDecimals(value)
)

/** A day of the calendar, `YYYY-MM-DD`. */
export const CalendarDate = quickWhere(
  z.iso.date(),
  // A month has at least 28 days; of the others the schema knows which it has.
  (value) => typeof value === "string" && /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/.test(value)
)

/** What an `INET` column holds: an IPv4 or IPv6 address, with or without the length of its network. */
export const IpAddress = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], "Invalid IP address")

const clockPattern = /^([01]\d|2[0-3]):[0-5]\d$/

/** A time of day as callers give it, `HH:MM` from 00:00 to 23:59. */
export const ClockTime = z.string().regex(clockPattern, "Invalid time: expected HH:MM")

/** A time of day as a `TIME` column gives it, `HH:MM:SS`. */
const RowTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/, "Invalid time: expected HH:MM:SS")

/** A time of day as we show it: `HH:MM`, with the seconds only where a row holds some. */
const ShownTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d(:(?!00)[0-5]\d)?$/, "Invalid time: expected HH:MM")

const timeOfDay = z.codec(RowTime, ShownTime, {
  decode: (time) => time.replace(/:00$/, ""),
  encode: (time) => (time.length === "HH:MM".length ? `${time}:00` : time)
})

const parseTimeOfDay = through(timeOfDay)

/** From the time of day in a row to the one that we show; callers' `HH:MM` encodes to whole minutes. */
export const TimeOfDayCodec = withQuickWays(timeOfDay, {
  decode: (time) =>
    typeof time === "string" && /^([01]\d|2[0-3]):[0-5]\d:00$/.test(time)
      ? time.slice(0, "HH:MM".length)
      : parseTimeOfDay(time),
  encode: (time) => (typeof time === "string" && clockPattern.test(time) ? `${time}:00` : unusual)
})

const [minMoment, maxMoment] = [new Date("0000-01-01T00:00:00.000Z"), new Date("9999-12-31T23:59:59.999Z")]
const FourDigitYear = z.date().min(minMoment).max(maxMoment)

/**
 * A moment as a `TIMESTAMPTZ` column gives it: a `Date`. An ISO 8601 text with its zone, as JSON writes it, is read as
 * one.
 */
const RowTimestamp = z.union(
  [
    FourDigitYear,
    z.codec(z.iso.datetime({ offset: true }), FourDigitYear, {
      decode: (iso) => new Date(iso),
      encode: (date) => date.toISOString()
    })
  ],
  "Invalid moment: expected a Date or an ISO 8601 text with its zone"
)

/** A moment as we show it, in UTC with milliseconds: `2024-10-31T10:30:00.000Z`. */
export const Timestamp = z.iso.datetime({ precision: 3 })

const moment = z.codec(RowTimestamp, Timestamp, {
  decode: (date) => date.toISOString(),
  encode: (iso) => new Date(iso)
})

const dayMs = 24 * 60 * 60 * 1000
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"))
/** The day and the moment before: rows that stand together are mostly of one day, and often of one moment. */
let lastDay = { number: Number.NaN, text: "" }
let lastMoment = { time: Number.NaN, text: "" }

/** What `toISOString` gives, in a quarter of its time. */
const isoText = (time: number): string => {
  if (time === lastMoment.time) return lastMoment.text
  const number = Math.floor(time / dayMs)
  if (number !== lastDay.number) lastDay = { number, text: new Date(number * dayMs).toISOString().slice(0, 11) }
  const milliseconds = time - number * dayMs
  const seconds = Math.floor(milliseconds / 1000)
  const hours = twoDigits[Math.floor(seconds / 3600)]
  const minutes = twoDigits[Math.floor(seconds / 60) % 60]
  const rest = String(milliseconds % 1000).padStart(3, "0")
  lastMoment = { time, text: `${lastDay.text}${hours}:${minutes}:${twoDigits[seconds % 60]}.${rest}Z` }
  return lastMoment.text
}

const isMoment = (value: unknown): value is Date =>
  value instanceof Date && value.getTime() >= minMoment.getTime() && value.getTime() <= maxMoment.getTime()

// Every month has 28 days; of the others the schema knows which has them. Postgres writes what it can as the second.
const usualMoment =
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/
const momentInUtc = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\d*(Z|\+00:00)$/

const parseMoment = through(moment)

/** From any way to write a moment to the one in which we show it. */
export const TimestampCodec = withQuickWays(moment, {
  decode: (value) => {
    if (isMoment(value)) return isoText(value.getTime())
    if (typeof value !== "string" || !usualMoment.test(value)) return parseMoment(value)
    if (momentInUtc.test(value)) return `${value.slice(0, "YYYY-MM-DDTHH:MM:SS.sss".length)}Z`
    const date = new Date(value)
    return isMoment(date) ? isoText(date.getTime()) : parseMoment(value)
  },
  encode: (date) => {
    if (isMoment(date)) return date
    // What came through is what the codec shows: a text.
    const iso = parseMoment(date)
    return iso === unusual ? unusual : new Date(iso as string)
  }
})
