import type { TruthBlock } from "@timegrid/core"
import type { Random } from "../Random.ts"
import type { FamilySet } from "../sheet/fonts.ts"
import type { Block } from "../sheet/Sheet.ts"
import type { ClockStyle } from "../week/clock.ts"
import type { SchoolWeek, WeekNeeds } from "../week/SchoolWeek.ts"
import type { Look } from "./Look.ts"

/** What a layout draws on. */
export interface LayoutContext {
  readonly random: Random
  readonly week: SchoolWeek
  readonly look: Look
  readonly clock: ClockStyle
}

/** What a layout prints, below one another, and what a careful reader takes off it. */
export interface PrintedWeek {
  /** One list a page. */
  readonly pages: ReadonlyArray<ReadonlyArray<Block>>
  readonly blocks: ReadonlyArray<TruthBlock>
  readonly traits: ReadonlyArray<string>
}

/** One way in which schools set out a week. */
export interface Layout {
  /** Names the family. */
  readonly id: string
  readonly set: FamilySet
  readonly orientation: "portrait" | "landscape"
  readonly needs: WeekNeeds
  readonly print: (context: LayoutContext) => PrintedWeek
}
