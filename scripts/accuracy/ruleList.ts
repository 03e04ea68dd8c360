/** A rule of the reading engine and the change to its source that takes it out. */
export interface Rule {
  readonly name: string
  /** Below `packages/core/src`. */
  readonly file: string
  /** Text that stands once in the file, and what stands there without the rule. */
  readonly from: string
  readonly to: string
}

const rule = (name: string, file: string, from: string, to: string): Rule => ({
  name,
  file: `timetable/${file}.ts`,
  from,
  to
})

/** The rules that infer, repair or see structure that nothing states. */
export const rules: ReadonlyArray<Rule> = [
  rule("day-sequence", "daySequence", `if (!readings.some(({ cell })`, `if (true || !readings.some(({ cell })`),
  rule("day-between-days", "daySlots", "[...read, ...unread.flatMap(", "[...read, ...[].flatMap("),
  rule("days-of-language", "headerLanguage", "  let most = Math.max(", "  let most = 99 + Math.max("),
  rule("continued", "continuedTables", "  if (found.flat().length < 2) return", "  if (true) return"),
  rule("times-of-days", "timesOfDays", "  if (dated.length === 0) return null", "  if (true) return null"),
  rule("times-beside-days", "timesBesideDays", "  if (days === null) return null", "  if (true) return null"),
  rule("columns-of-lists", "columnsOfLists", "  if (starts.length < 2) return null", "  if (true) return null"),
  rule("texts-of-lines", "../table/alignedTables", "  if (!clear) return null", "  if (true) return null"),
  rule(
    "clocks-go-on",
    "../table/alignedTables",
    "    else if (!isClock(row.segments[0]!.words)) single++",
    "    else single++"
  ),
  rule("ranges-apart", "rangesApart", "  if (words.length < 2) return [words]", "  if (true) return [words]"),
  rule("little-drawn", "pageReading", "  const isPart = isBroken(drawn.drafts)", "  const isPart = false"),
  rule("cards-of-one-colour", "cards", "  if (texts.length < 2 || inset < 0", "  if (true || inset < 0"),
  rule(
    "dashed-clock",
    "times",
    `hour: namesOf("hour")`,
    `hour: namesOf("hour").filter((name) => !/First|Second|Dash/.test(name))`
  ),
  rule("letters-at-time", "dayLetters", "  if (letters === undefined ||", "  if (true ||"),
  rule("week-in-corner", "pageReading", "weekOfCorner(readings, axes) ?? titles", "titles"),
  rule("day-order", "days", "  for (; at >= 0; at = best[at]!.before)", "  for (; false; at = best[at]!.before)"),
  rule("day-after-heading", "unreadHeadings", "    const anew = start", "    const anew = false && start"),
  rule("day-in-heading", "prose", "  if (!mention || mention.spelling", "  if (true || !mention || mention.spelling"),
  rule("days-after-title", "prose", "? 0 : titleLength(text.text)", "? 0 : null"),
  rule("days-of-letters", "dayLetters", "    if (read.length < cells.length) continue", "    continue"),
  rule("cards", "cards", "  if (days === null) return null", "  if (true) return null"),
  rule("ends-below-starts", "wrappedHeaders", "(ends.has(cells) || goesOn", "(goesOn"),
  rule("name-before-time", "prose", "  return opens || closes ? mention", "  return opens ? mention"),
  rule("merged-header", "rawSlots", "      (reading.times.length > 0 && reachesInto", "      (false && reachesInto"),
  rule("range-over-lines", "splitHeaders", " || isOneRange(cell, vocabulary)", ""),
  rule("day-and-time", "cellReading", "  const isDayAndTime = beside", "  const isDayAndTime = false && beside"),
  rule("time-among-times", "rawSlots", "  if (read.length < leastRead) return slots", "  if (true) return slots"),
  rule("ends-in-own-line", "rawSlots", "    slots = printsEnds(", "    slots = false && printsEnds("),
  rule("start-and-end-cells", "rawSlots", "  if (isScale(slots)) return slots", "  if (true) return slots"),
  rule("axis-habits", "clocks", "  if (!context.ordered || !context.misread) return", "  if (true) return"),
  rule("misread-digit", "clocks", "  if (!context.misread) return asPrinted", "  if (true) return asPrinted"),
  rule("am-pm-against-print", "clocks", "const contradictsPrint = 6", "const contradictsPrint = 60"),
  rule("next-start", "timeSlots", "    return follows ? {", "    return false && follows ? {"),
  rule("between-neighbours", "grid", "  if (!start || !end || start.value >= end.value)", "  if (true)"),
  rule(
    "neighbour-times",
    "grid",
    "  let { start, end } = nominal\n",
    "  let { start, end } = nominal\n  if (true) return [start, end]\n"
  ),
  rule("own-time", "lessonText", "own.length === 1 ? own[0]! : null", "null"),
  rule("time-scale", "timeScale", "  if (marks.length < leastMarks) return null", "  if (true) return null"),
  rule("scale-bar", "scaleBars", "  if (span < 2) return null", "  if (true) return null"),
  rule("period-key", "periodKey", "  if (!lacks) return pages", "  if (true) return pages"),
  rule("key-name-apart", "periodKey", "line.text.replace(nameBeforeTime, ", "line.text.replace(/$^/, "),
  rule("key-name-misread", "periodKey", "      entry.isMisread &&", "      false && entry.isMisread &&"),
  rule("period-sequence", "periodSequence", `if (!readings.some(({ cell })`, `if (true || !readings.some(({ cell })`),
  rule("spread-letters", "spreadLetters", "  if (spread.size === 0 ||", "  if (true ||"),
  rule("spelled-break", "spreadLetters", "  if (repaired) return", "  if (false) return"),
  rule("routine", "routine", "  if (!axes.days || cell.days.length > 0", "  if (true || cell.days.length > 0"),
  rule("break-header", "grid", "    if (written || !isOne) return []", "    if (true) return []"),
  rule("week-in-cell", "lessonText", "  if (weeks.length > 0) {", "  if (false) {"),
  rule("week-of-day", "grid", "  const ofDays = axes.days ? weeksOfDays(", "  const ofDays = false ? weeksOfDays("),
  rule("week-line", "axes", "  const weekLine = dayLine ?", "  const weekLine = false ?"),
  rule("group-header", "grid", "  return header && !header.isBlank", "  return false && !header.isBlank"),
  rule(
    "class-heading",
    "pageReading",
    "  const apart = written.length > 1",
    "  const apart = false && written.length > 1"
  ),
  rule("header-bar", "splitHeaders", "  if (groups.length < 2 || groups.length > span)", "  if (true)"),
  rule(
    "bar-by-columns",
    "splitHeaders",
    "  if (cell.columnSpan < leastHeaders) return null",
    "  if (true) return null"
  ),
  rule("pairs-by-rows", "splitHeaders", "  if (cell.rowSpan < 2) return null", "  if (true) return null"),
  rule("unread-day-of-cards", "cards", "  if (step === undefined) return days", "  if (true) return days"),
  rule("misread-range", "misreadRanges", "  if (repairs.size === 0) return cells", "  if (true) return cells"),
  rule(
    "wrapped-header",
    "wrappedHeaders",
    `  if (table.origin !== "aligned") return table`,
    "  if (true) return table"
  ),
  rule("alone-in-row", "undrawnSpans", `  if (table.origin !== "aligned" ||`, "  if (true ||"),
  rule("between-rows", "undrawnSpans", `  if (table.origin !== "aligned") return table`, "  if (true) return table"),
  rule("bands", "bands", "  if (starts.length < 2) return [table]", "  return [table]"),
  rule("broken-word", "cellText", "  if (!head || !tail) return", "  if (true) return"),
  rule("notes-by-type", "lessonText", "  if (main) {", "  if (false) {"),
  rule(
    "details",
    "lessonText",
    "  const cut = cutDetail(joined.value)",
    "  const cut = false && cutDetail(joined.value)"
  ),
  rule("beside-the-times", "grid", "  if (!first || !last || slots.some(", "  if (true || slots.some(")
]
