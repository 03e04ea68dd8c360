import * as z from "zod"
import { text } from "../domain/text.ts"

/** Words that a list is searched for; refused where Postgres would refuse the text. */
export const SearchText = text().max(1000)

/** A moment in a filter: an ISO 8601 text with its zone. */
export const FilterMoment = z.iso.datetime({ offset: true })
