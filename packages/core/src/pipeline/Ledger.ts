import { type Amount, type AmountUnit, amountUnits, type Cost } from "./Amount.ts"
import { BudgetExceeded } from "./PipelineError.ts"

/** Whole billionths: sums of dollars in binary fractions would refuse the last cent of a budget, or pass it. */
type Billionths = Record<AmountUnit, number>

const nothing = (): Billionths => ({ usd: 0, pages: 0, seconds: 0 })

const billionthsOf = ({ pages = 0, seconds = 0, usd = 0 }: Amount): Billionths => ({
  usd: Math.round(usd * 1e9),
  pages: Math.round(pages * 1e9),
  seconds: Math.round(seconds * 1e9)
})

const amountOf = (sum: Billionths): Cost => ({
  usd: sum.usd / 1e9,
  pages: sum.pages / 1e9,
  seconds: sum.seconds / 1e9
})

/**
 * The books of one run: what calls have cost, by provider, and what calls under way may cost. What is reserved counts
 * as spent until it is settled, so that calls at once cannot pass the budget together.
 */
export class Ledger {
  readonly #budget: Amount
  readonly #committed = nothing()
  readonly #spent = new Map<string, Billionths>()

  constructor(budget: Amount) {
    this.#budget = budget
  }

  /** Takes `amount` out of what is left, or says what it would pass and takes nothing. */
  reserve(amount: Amount): BudgetExceeded | null {
    const wanted = billionthsOf(amount)
    for (const unit of amountUnits) {
      const limit = this.#budget[unit]
      if (limit !== undefined && wanted[unit] > 0 && this.#committed[unit] + wanted[unit] > Math.round(limit * 1e9))
        return new BudgetExceeded({
          unit,
          limit,
          committed: this.#committed[unit] / 1e9,
          wanted: wanted[unit] / 1e9
        })
    }
    for (const unit of amountUnits) this.#committed[unit] += wanted[unit]
    return null
  }

  /** Refuses a call of which nobody knows how much of a unit it takes, where the budget limits that. */
  refuseUnknown(unit: AmountUnit): BudgetExceeded | null {
    const limit = this.#budget[unit]
    if (limit === undefined) return null
    return new BudgetExceeded({ unit, limit, committed: this.#committed[unit] / 1e9, wanted: null })
  }

  /** Puts what a call has cost in the place of what was reserved for it. */
  settle(provider: string, reserved: Amount, cost: Amount): void {
    const before = billionthsOf(reserved)
    const after = billionthsOf(cost)
    const sum = this.#spent.get(provider) ?? nothing()
    for (const unit of amountUnits) {
      this.#committed[unit] += after[unit] - before[unit]
      sum[unit] += after[unit]
    }
    this.#spent.set(provider, sum)
  }

  /** What is left of a unit; null where the budget sets no limit. */
  remaining(unit: AmountUnit): number | null {
    const limit = this.#budget[unit]
    return limit === undefined ? null : Math.max(0, Math.round(limit * 1e9) - this.#committed[unit]) / 1e9
  }

  /** What was spent with each provider, by the order of their names. */
  spentByProvider(): Record<string, Cost> {
    const byName = [...this.#spent].sort(([one], [other]) => (one < other ? -1 : 1))
    return Object.fromEntries(byName.map(([provider, sum]) => [provider, amountOf(sum)]))
  }
}
