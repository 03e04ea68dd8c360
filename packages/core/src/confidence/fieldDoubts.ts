import type { Draft } from "../timetable/draft.ts"
import { inferringRules } from "../timetable/inferringRules.ts"
import type { Sourced } from "../timetable/sourced.ts"
import { isDisputed, meanDoubt, worstDoubt } from "./wordDoubts.ts"

/** What speaks against the fields of a block one by one: the words that each was read from, and its rule. */
export const fieldDoubts = ({ day, end, name, start }: Draft) => ({
  dayWords: wordsOf(day),
  dayRule: ruleOf(day),
  dayRepaired: Number(day?.repaired ?? false),
  dayDisputed: disputed(day),
  dayOpen: Number(day === null),
  startWords: wordsOf(start),
  startRule: ruleOf(start),
  startRepaired: Number(start?.repaired ?? false),
  startInferred: inferred(start),
  startDisputed: disputed(start),
  endWords: wordsOf(end),
  endRule: ruleOf(end),
  endRepaired: Number(end?.repaired ?? false),
  endInferred: inferred(end),
  endDisputed: disputed(end),
  nameWords: worstDoubt(name.words),
  nameMean: meanDoubt(name.words),
  nameRule: 1 - name.certainty,
  nameRepaired: Number(name.repaired),
  nameDisputed: Number(isDisputed(name.words))
})

type Field = Sourced<number> | null

const wordsOf = (field: Field): number => worstDoubt(field?.words ?? [])

const ruleOf = (field: Field): number => (field === null ? 0 : 1 - field.certainty)

const inferred = (field: Field): number => Number(field !== null && inferringRules.has(field.rule))

const disputed = (field: Field): number => Number(isDisputed(field?.words ?? []))
