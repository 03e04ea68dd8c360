import { html, type Markup } from "./markup.ts"

/** The fields that have a colour and a number of their own, in the order of their numbers. */
export const fieldOrder: ReadonlyArray<string> = ["day", "start", "end", "name", "notes", "subject", "room", "teacher"]

/** The number, from 1, by which a field is marked; all others share the last. */
export const fieldNumber = (name: string): number => {
  const index = fieldOrder.indexOf(name)
  return (index === -1 ? fieldOrder.length : index) + 1
}

/** The mark of a field in running text. */
export const fieldMark = (name: string): Markup =>
  html`<span class="field-mark field-${fieldNumber(name)}" aria-hidden="true">${fieldNumber(name)}</span>`
