import { tzlib_get_ical_block, tzlib_get_timezones } from "timezones-ical-library"

/** A time zone as iCalendar needs it. */
export interface CalendarZone {
  /** The zone's present name; an old one such as `Asia/Calcutta` is replaced. */
  readonly name: string
  /** Its `VTIMEZONE` component. */
  readonly component: string
}

/** The zone of an IANA name, or null where there is none: a calendar needs its rules, not only its name. */
export const findCalendarZone = (zone: string): CalendarZone | null => {
  // The library prints a line about a zone that it does not know.
  if (!tzlib_get_timezones(false).includes(zone)) {
    return null
  }
  const [component = "", parameter = ""] = tzlib_get_ical_block(zone, false)
  return { name: parameter.replace(/^TZID=/, ""), component }
}
