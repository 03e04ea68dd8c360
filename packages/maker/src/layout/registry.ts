import { bandLayouts } from "./bands.ts"
import { brokenWords } from "./brokenWords.ts"
import { calendars, furtherCalendars } from "./calendar.ts"
import { clockPairs } from "./clockPairs.ts"
import { columnsOfDayLists } from "./columnsOfLists.ts"
import { combinedLayouts } from "./combined.ts"
import { continuedLayouts } from "./continued.ts"
import { courseLists } from "./courseLists.ts"
import { dailyRoutines } from "./dailyRoutines.ts"
import { dayAndTimeLists } from "./dayAndTime.ts"
import { columnGrids, dashedClockGrids, furtherGrids, rowGrids, threeLineGrids, timeBarGrids } from "./dayGrids.ts"
import { furtherLanguages } from "./furtherLanguages.ts"
import { headerForms } from "./headerForms.ts"
import type { Layout } from "./Layout.ts"
import { lists, namesFirst } from "./lists.ts"
import { mergedHeaders } from "./mergedHeaders.ts"
import { noSchoolLayouts } from "./noSchool.ts"
import { furtherParallelLayouts, parallelLayouts } from "./parallel.ts"
import { partsOfDayLayouts } from "./partsOfDay.ts"
import { periodKeys } from "./periodKeys.ts"
import { shiftedCells } from "./shiftedCells.ts"
import { fineTimeScales, furtherTimeScales, timeScales } from "./timeScales.ts"
import { timesBesideDays } from "./timesBesideDays.ts"
import { timesOfDaysLayouts } from "./timesOfDays.ts"
import { unruledClocks } from "./unruledClocks.ts"
import { weekCornerLayouts } from "./weekCorners.ts"
import { furtherWeekCycles, weekCycles } from "./weekCycles.ts"

/** Every layout; ids are unique. New ones come last. */
export const layouts: ReadonlyArray<Layout> = [
  ...columnGrids,
  ...rowGrids,
  ...lists,
  ...combinedLayouts,
  ...calendars,
  ...furtherGrids,
  ...dayAndTimeLists,
  ...periodKeys,
  ...weekCycles,
  ...parallelLayouts,
  ...timeScales,
  ...headerForms,
  ...brokenWords,
  ...bandLayouts,
  ...clockPairs,
  ...shiftedCells,
  ...furtherWeekCycles,
  ...furtherParallelLayouts,
  ...furtherTimeScales,
  ...furtherLanguages,
  ...weekCornerLayouts,
  ...continuedLayouts,
  ...timesOfDaysLayouts,
  ...noSchoolLayouts,
  ...partsOfDayLayouts,
  ...courseLists,
  ...dailyRoutines,
  ...furtherCalendars,
  ...mergedHeaders,
  ...unruledClocks,
  ...namesFirst,
  ...threeLineGrids,
  ...timesBesideDays,
  ...columnsOfDayLists,
  ...fineTimeScales,
  ...timeBarGrids,
  ...dashedClockGrids
]
