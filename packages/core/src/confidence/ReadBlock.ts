import type { Page } from "../document/Page.ts"
import type { Draft } from "../timetable/draft.ts"

/** A block as it was read, and the page that it stands on. */
export interface ReadBlock {
  readonly draft: Draft
  readonly page: Page
}
