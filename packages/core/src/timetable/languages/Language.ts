/** The words of one language that a timetable is understood by. Written without accents and in lower case. */
export interface Language {
  /** ISO 639-1. */
  readonly code: string
  /** Whether its words bear accents, which OCR loses. */
  readonly hasAccents: boolean
  /**
   * Where its abbreviations of days are understood: in any text, or only along headers of which it knows most, for they
   * are words or other days in another language.
   */
  readonly reach: "anywhere" | "headers"
  /** Names and abbreviations of Monday to Sunday, longest first. Single letters are read only along an axis of days. */
  readonly weekdays: ReadonlyArray<ReadonlyArray<string>>
  /** What stands for each day where days are letters run together, longest first: `MWF`, `TTh`; left out where nobody does. */
  readonly dayLetters?: ReadonlyArray<ReadonlyArray<string>>
  /** Groups of days that have a name: `first` to `last`, 0 is Monday. */
  readonly dayGroups: ReadonlyArray<{ readonly name: string; readonly first: number; readonly last: number }>
  /** What may follow the name of a day and says nothing, such as `feira`. */
  readonly dayEndings: ReadonlyArray<string>
  /** Names and abbreviations of months, as dates beside days have them; none that is a common word elsewhere. */
  readonly months: ReadonlyArray<string>
  /** Between the days of a list. */
  readonly listWords: ReadonlyArray<string>
  /** Between the two ends of a range of days or times. */
  readonly rangeWords: ReadonlyArray<string>
  readonly am: ReadonlyArray<string>
  readonly pm: ReadonlyArray<string>
  readonly noon: ReadonlyArray<string>
  /** Before or after the number of a period. */
  readonly periodWords: ReadonlyArray<string>
  /** Before the letter or number of a week in a cycle. */
  readonly weekWords: ReadonlyArray<string>
  /** Names of columns, by what stands below them. */
  readonly columns: Readonly<Record<ColumnRole, ReadonlyArray<string>>>
  /** Labels of metadata in headings. */
  readonly labels: Readonly<Record<MetadataField, ReadonlyArray<string>>>
  /** Words that make a line the name of a school. */
  readonly schoolWords: ReadonlyArray<string>
  /** Offices of people who sign a timetable. */
  readonly officeWords: ReadonlyArray<string>
  /** Words that name a part of the year, alone or before a number. */
  readonly termWords: ReadonlyArray<string>
  /** Words that never end a broken word, so a line that begins with one is not joined to the line before. */
  readonly smallWords: ReadonlyArray<string>
  /** Names of spans without lessons, which everybody has at the same time. */
  readonly breakWords: ReadonlyArray<string>
  /** What a cell says where there is no school. */
  readonly noLessonWords: ReadonlyArray<string>
  /** Titles before the name of a person. */
  readonly personTitles: ReadonlyArray<string>
  /** Words for a room, before or after its name or number. */
  readonly roomWords: ReadonlyArray<string>
  /** Words that make a line without an end a moment rather than a lesson. */
  readonly bellWords: ReadonlyArray<string>
  /** What names the row that is the same every day. */
  readonly routineWords: ReadonlyArray<string>
}

/** What a column of a list holds. */
export type ColumnRole =
  | "day"
  | "time"
  | "start"
  | "end"
  | "name"
  | "room"
  | "teacher"
  | "period"
  | "notes"
  | "className"

/** What a heading can say of the whole timetable. */
export type MetadataField = "className" | "teacher" | "term" | "year" | "schoolName"
