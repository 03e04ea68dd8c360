import { confidenceMark } from "./confidenceMark.ts"
import { fieldMark } from "./fields.ts"
import type { Item, ItemField } from "./Item.ts"
import { html, type Markup } from "./markup.ts"

/** What an item was read from, field by field; hidden until the item is chosen. */
export const detailSection = ({ confidence, fields, id, name, time }: Item): Markup =>
  html`<section class="item" data-item="${id}" hidden><h3>${name} ${confidenceMark(confidence)}</h3><p>${time}</p>
<table><thead><tr><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Read from</th></tr></thead>
<tbody>${fields.map(fieldRow)}</tbody></table></section>
`

const fieldRow = ({ confidence, evidence, name, value }: ItemField): Markup =>
  html`<tr><th scope="row">${fieldMark(name)} ${name}</th><td>${value ?? "–"}${
    confidence === null || value === null ? null : html` ${confidenceMark(confidence)}`
  }</td><td>${evidence === null ? "–" : source(evidence)}</td></tr>`

const source = ({ repaired, rule, words }: NonNullable<ItemField["evidence"]>): Markup => {
  const engines = [...new Set(words.map(({ engine }) => engine))].join(", ")
  const by = [rule, engines].filter((part) => part !== "").join(" · ")
  return html`${words.length === 0 ? null : html`<q>${words.map(({ text }) => text).join(" ")}</q> `}<small>${by}</small>${
    repaired ? html` <em class="repaired">repaired</em>` : null
  }`
}
