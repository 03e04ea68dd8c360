/** Text that is HTML already. Only {@link html} and what is part of this program make it. */
export class Markup {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  toString(): string {
    return this.#text
  }
}

/** What a template takes: text and numbers are escaped, markup is not, null leaves nothing, lists are joined. */
export type Insert = Markup | string | number | null | ReadonlyArray<Insert>

/**
 * Markup from a template. Whatever is inserted stays text, between tags and between double quotes; it must not be
 * inserted anywhere else.
 */
export const html = (parts: TemplateStringsArray, ...inserts: ReadonlyArray<Insert>): Markup =>
  new Markup(parts.map((part, index) => part + textOf(inserts[index] ?? null)).join(""))

const textOf = (insert: Insert): string => {
  if (insert === null) {
    return ""
  }
  if (typeof insert === "string" || typeof insert === "number") {
    return escaped(String(insert))
  }
  return insert instanceof Markup ? insert.toString() : insert.map(textOf).join("")
}

// Those that a line of HTML cannot hold; tabs and line breaks may stay.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(controls, " ")
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? "")
