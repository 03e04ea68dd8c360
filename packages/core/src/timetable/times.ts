import { languages } from "./languages.ts"

/** A clock time as printed: the hour may be 12 hours off where no am or pm tells. */
export interface PrintedClock {
  readonly hour: number
  readonly minute: number
  readonly meridiem: "am" | "pm" | null
  /** Printed in the way of the 24-hour clock: hours from 13 on, or a leading zero. */
  readonly looks24: boolean
  /** Neither minutes nor am or pm were printed: a number that is a time only by what stands around it. */
  readonly bare: boolean
  /** Place in the text that was parsed. */
  readonly from: number
  readonly to: number
}

/** One time or range of times in a text. */
export interface TimeMention {
  readonly start: PrintedClock
  /** null where only one clock is printed. */
  readonly end: PrintedClock | null
  readonly from: number
  readonly to: number
  /** How the two clocks are tied: by a dash or word, or only by standing next to or below each other. */
  readonly tie: "dash" | "adjacent" | null
}

const alternatives = (words: ReadonlyArray<string>): string =>
  words
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.$]/g, "\\$&").replaceAll(" ", "\\s?"))
    .join("|")

const am = alternatives(languages.flatMap((language) => language.am))
const pm = alternatives(languages.flatMap((language) => language.pm))
const noon = alternatives(languages.flatMap((language) => language.noon))
const rangeWords = alternatives(languages.flatMap((language) => language.rangeWords))

// Words that OCR may have glued to the numbers beside them; a single letter would make a time of `2A7`.
const gluedWords = alternatives(languages.flatMap((language) => language.rangeWords.filter((word) => word.length > 1)))

/** am or pm behind a clock of one form, or nothing; no two groups may have one name. */
const meridiemOf = (form: string): string => `(?:\\s?(?:(?<am${form}>${am})|(?<pm${form}>${pm}))\\b\\.?)?`
// A letter alone says so only right behind minutes, `8:30a`: `9A` is a class.
const meridiemOfMinutes = `(?:\\s?(?:(?<am>${am}|(?<=\\d)a)|(?<pm>${pm}|(?<=\\d)p))\\b\\.?)?`
/** Between two clocks, what OCR makes of `to` can be nothing else. */
const misreadTo = "[filt][o0]{1,2}"

// A dash between hour and minutes, `9-30`: where they can be no range of hours, or a clock of that kind stands beside.
const dashed = "\\d{1,2}-[0-5]\\d"
const beside = `(?:\\s*(?:-|${rangeWords}|${misreadTo})\\s*|\\s+)`
const notBefore = "(?<![\\p{L}\\d.,:/-])"
const notBehind = "(?![\\d.:/-])"

// Digits that OCR takes for letters are read as digits only next to a separator.
const clock = new RegExp(
  [
    // The afternoon, `après-midi`, is no noon.
    `(?<!\\p{L}{2}-|apr[eè]s\\s)\\b(?:12\\s)?(?<noon>${noon})\\b`,
    // Behind a letter of its own they are a room, `A1.02`.
    `(?<![\\d.,:/])(?<!(?<![\\p{L}\\d])\\p{L}(?=\\d{1,2}\\.))(?<hour>[\\dOo][\\dOoIl]?)\\s?[:.;,·]\\s?(?<minute>[0-5Oo][\\dOo])(?![\\d%])(?!\\s?[.:/h]\\d)${meridiemOfMinutes}`,
    `(?<![\\d.,:/])(?<hourFr>\\d{1,2})\\s?h\\s?(?<minuteFr>[0-5]\\d)?(?![\\p{L}\\d])`,
    `${notBefore}(?<hourFirst>\\d{1,2})-(?<minuteFirst>[0-5]\\d)${meridiemOf("First")}(?=${beside}${dashed}${notBehind})`,
    `(?<=${notBefore}${dashed}(?:\\s?(?:${am}|${pm})\\b\\.?)?${beside})(?<hourSecond>\\d{1,2})-(?<minuteSecond>[0-5]\\d)${notBehind}${meridiemOf("Second")}`,
    `${notBefore}(?<hourDash>\\d{1,2})-(?<minuteDash>00|2[5-9]|[3-5]\\d)${notBehind}${meridiemOf("Dash")}`,
    // Behind letters they are the number of a course, `CS101`.
    `(?:(?<=\\d(?:${gluedWords}))|(?<![\\d.,:/\\p{L}]))(?<packed>[01]?\\d[0-5]\\d|2[0-3][0-5]\\d)(?![\\d/]|[.,:]\\d)(?:\\s?(?:hrs?|hours)\\b)?${meridiemOf("Packed")}`,
    // A separator that was not read: at an end of a range, `9:20 - 10 05`, `8 45-9.20`, or before am or pm, `10 20am`.
    `(?<=\\d[\\s:.]\\d{2}\\s?-\\s?)(?<hourGap>\\d{1,2}) (?<minuteGap>[0-5]\\d)(?![\\d.:])`,
    `(?<![\\d.,:/-]\\s?)(?<hourStart>\\d{1,2}) (?<minuteStart>[0-5]\\d)(?=\\s?-\\s?\\d{1,2}[\\s:.]?[0-5]\\d(?!\\d))`,
    `(?<![\\d.,:/])(?<hourSpace>\\d{1,2}) (?<minuteSpace>[0-5]\\d)\\s?(?:(?<amSpace>${am})|(?<pmSpace>${pm}))\\b`,
    `(?:(?<=\\d(?:${gluedWords}))|(?<![\\d.,:/\\p{L}]))(?<bare>(?!0(?!\\d))\\d{1,2})(?![\\d/]|[.,:]\\d)${meridiemOf("Bare")}(?:(?=(?:${gluedWords})\\s?\\d)|(?!\\p{L}))`
  ].join("|"),
  "giu"
)
/** What any clock holds, if only an `o` for a digit: most texts are lessons and have none of it. */
const mayHoldClock = new RegExp(`\\d|[Oo]\\s?[:.;,·]\\s?[Oo]|${noon}`, "iu")
const date =
  /(?<![\d.:])\d{1,2}(?<separator>\s?[./-]\s?)\d{1,2}\k<separator>(?:19|20)?\d{2}(?!\d)|(?<!\d)(?:19|20)\d{2}\s?[-/]\s?(?:(?:19|20)\d{2}|\d{2})(?!\d)/g
const tie = new RegExp(`^\\s*(?:(?:[-~>|/=]\\s*)+|${rangeWords}|${misreadTo})\\s*$`, "i")

/** Dashes and arrows of all kinds become `-`, so that indices stay the same. */
const plain = (text: string): string => text.replace(/[‐-―−→⁃←↔_~]/g, "-").replace(/[\u00a0\u2000-\u200a]/g, " ")

/** Blanks out dates, whose numbers would read as times. */
const withoutDates = (text: string): string => text.replace(date, (found) => " ".repeat(found.length))

/**
 * Finds clock times and ranges in a text: `9.30`, `9:30`, `9-30`, `0930-1015`, `9-9.30am`, `12 – 1pm`, `8h30`, `noon`. Bare
 * numbers count only as an end of a range.
 */
export const findTimes = (text: string): ReadonlyArray<TimeMention> => {
  if (!mayHoldClock.test(text)) return []
  const source = withoutDates(plain(text))
  const clocks = [...source.matchAll(clock)].flatMap((match) => clockOf(match) ?? [])
  // Digits without a separator, or with a dash for one, are a time only in a range, with a suffix, or with nothing else beside them.
  const onlyClocks = !/[\p{L}\d]/u.test(
    clocks.reduceRight((rest, { from, to }) => rest.slice(0, from) + rest.slice(to), source)
  )
  const mentions: Array<TimeMention> = []
  for (let i = 0; i < clocks.length; i++) {
    const start = clocks[i]!
    const end = clocks[i + 1]
    const between = end ? source.slice(start.to, end.from) : ""
    const dash = end !== undefined && tie.test(between)
    const adjacent = end !== undefined && !dash && /^\s+$/.test(between) && !start.bare && !end.bare
    if (end && (dash || adjacent)) {
      mentions.push({ start, end, from: start.from, to: end.to, tie: dash ? "dash" : "adjacent" })
      i++
    } else if (!start.bare && (!mayBeOther(start, source) || onlyClocks)) {
      mentions.push({ start, end: null, from: start.from, to: start.to, tie: null })
    }
  }
  return mentions
}

/** Whether a clock is printed as numbers of rooms are. */
const mayBeOther = (printed: PrintedClock, source: string): boolean =>
  /^\d{3,4}$|^\d{1,2}-\d{2}$/.test(source.slice(printed.from, printed.to))

/** The names of the groups of a clock that begin so: each alternative has its own. */
const namesOf = (beginning: string): ReadonlyArray<string> =>
  [...clock.source.matchAll(/\(\?<(\w+)>/g)].flatMap(([, name]) => (name!.startsWith(beginning) ? [name!] : []))

const groupsOf = { hour: namesOf("hour"), minute: namesOf("minute"), am: namesOf("am"), pm: namesOf("pm") }

/** What one of these groups holds, of which no more than one was found. */
const foundIn = (
  groups: Readonly<Record<string, string | undefined>>,
  names: ReadonlyArray<string>
): string | undefined => {
  for (const name of names) if (groups[name] !== undefined) return groups[name]
  return undefined
}

const digits = (text: string): number => Number(text.replace(/[Oo]/g, "0").replace(/[Il]/g, "1"))

const clockOf = (match: RegExpExecArray): PrintedClock | null => {
  const group = match.groups!
  const [from, to] = [match.index, match.index + match[0].trimEnd().length]
  if (group.noon) return { hour: 12, minute: 0, meridiem: "pm", looks24: false, bare: false, from, to }
  const packed = group.packed
  const [hour, minute] = packed
    ? [Number(packed.slice(0, -2)), Number(packed.slice(-2))]
    : [digits(foundIn(group, groupsOf.hour) ?? group.bare ?? ""), digits(foundIn(group, groupsOf.minute) ?? "0")]
  if (!(hour <= 24) || !(minute < 60)) return null
  const printedMeridiem =
    foundIn(group, groupsOf.am) !== undefined ? "am" : foundIn(group, groupsOf.pm) !== undefined ? "pm" : null
  return {
    hour,
    minute,
    meridiem: hour > 12 ? null : printedMeridiem,
    looks24: hour > 12 || hour === 0 || group.hourFr !== undefined || /^0\d/.test(match[0]),
    bare: group.bare !== undefined && printedMeridiem === null,
    from,
    to
  }
}

/** What OCR takes the digits of a clock for. */
const misreadDigits: Readonly<Record<string, string>> = {
  O: "0",
  o: "0",
  D: "0",
  l: "1",
  I: "1",
  "|": "1",
  Z: "2",
  z: "2",
  A: "4",
  S: "5",
  s: "5",
  "¢": "5",
  $: "8",
  "§": "8",
  B: "8",
  b: "6",
  G: "6",
  g: "9",
  q: "9"
}
const garbledClock = /(?<![\p{L}\d])([\dOoDlI|ZzASs$§BbGgq]{1,2})([:.,;])([\dOoDlI|ZzASs¢$§BbGgq]{2})(?![\p{L}\d])/gu

/** The text with letters that stand for digits of a clock put right, place by place; only for headers of times. */
export const withDigits = (text: string): string =>
  text.replace(garbledClock, (clock) => [...clock].map((letter) => misreadDigits[letter] ?? letter).join(""))

/** The text without its times, tidied: separators that tied a time to its text are gone. */
export const withoutTimes = (text: string, mentions: ReadonlyArray<TimeMention>): string => {
  let [rest, at] = ["", 0]
  for (const { from, to } of mentions) {
    const [before, after] = [text.slice(at, from), text.slice(to)]
    // Brackets around a time go with it.
    const [opening, closing] = [/[([]\s*$/.exec(before), /^\s*[)\]]/.exec(after)]
    const isEnclosed = opening !== null && closing !== null
    rest += `${isEnclosed ? before.slice(0, opening.index) : before}\n`
    at = isEnclosed ? to + closing[0].length : to
  }
  return (rest + text.slice(at))
    .split("\n")
    .map((line) =>
      line.replace(/^[\s:;,.|–—-]+(?=\s|$)|^[\s:;,|]+|(?<![\s:;,|–—-])[\s:;,|–—-]+$|\(\s*\)|\[\s*\]/g, "").trim()
    )
    .filter((line) => line !== "")
    .join("\n")
}
