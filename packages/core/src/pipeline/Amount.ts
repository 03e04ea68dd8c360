import * as z from "zod"

/** What a run can spend: US dollars, pages sent to providers, seconds spent in their calls. */
export const amountUnits = ["usd", "pages", "seconds"] as const

/** One of {@link amountUnits}. */
export type AmountUnit = (typeof amountUnits)[number]

const Quantity = z.number().min(0)

/** What a call costs or a run may cost; for a cost what is left out is 0, for a budget it has no limit. */
export const Amount = z.object({
  usd: Quantity.optional(),
  pages: Quantity.optional(),
  seconds: Quantity.optional()
})
export type Amount = z.output<typeof Amount>

/** An {@link Amount} that says something of each unit. */
export const Cost = Amount.required()
export type Cost = z.output<typeof Cost>
