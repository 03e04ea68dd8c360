import { corruptFile, decompressionBomb } from "../refusals.ts"

/** What the markup of one part may cost the parser. */
export interface MarkupLimits {
  /** Elements inside one another. */
  readonly depth: number
  readonly elements: number
  /** Elements named `tc`: the cells of tables. */
  readonly cells: number
}

const slash = 47
const bang = 33
const question = 63
const greater = 62
const doubleQuote = 34
const singleQuote = 39

const skipTo = (text: string, mark: string, from: number): number => {
  const at = text.indexOf(mark, from)
  if (at === -1) throw corruptFile("The XML of this Word file ends inside a tag.")
  return at + mark.length
}

/** The index of the `>` that ends the tag; one inside a quoted value does not. */
const endOfTag = (text: string, from: number): number => {
  let quote = 0
  for (let at = from; at < text.length; at++) {
    const character = text.charCodeAt(at)
    if (quote !== 0) {
      if (character === quote) quote = 0
    } else if (character === greater) return at
    else if (character === doubleQuote || character === singleQuote) quote = character
  }
  throw corruptFile("The XML of this Word file ends inside a tag.")
}

const cellName = /(?:^|:)tc$/
const tagName = /[^\s/>]+/y

/**
 * One pass over XML before any parser sees it. Throws a `DocumentError`: `corrupt_file` for a document type
 * declaration (the Office formats forbid it, and entities are the classic bomb), for no tags, tags that do not balance
 * and too deep nesting; `decompression_bomb` for more elements or cells than allowed: a small file that would cost much.
 */
export const checkMarkup = (text: string, limits: MarkupLimits): { readonly cells: number } => {
  let depth = 0
  let elements = 0
  let cells = 0
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at)) {
    const next = text.charCodeAt(at + 1)
    if (next === bang) {
      if (text.startsWith("<!--", at)) at = skipTo(text, "-->", at + 4)
      else if (text.startsWith("<![CDATA[", at)) at = skipTo(text, "]]>", at + 9)
      else throw corruptFile("This Word file declares a document type, which Word files never do.")
    } else if (next === question) {
      at = skipTo(text, "?>", at + 2)
    } else if (next === slash) {
      depth -= 1
      if (depth < 0) throw corruptFile("The XML of this Word file closes more than it opens.")
      at = skipTo(text, ">", at)
    } else {
      elements += 1
      tagName.lastIndex = at + 1
      if (cellName.test(tagName.exec(text)?.[0] ?? "")) cells += 1
      if (elements > limits.elements || cells > limits.cells) {
        throw decompressionBomb(
          cells > limits.cells
            ? `This Word file has more than ${limits.cells} table cells.`
            : `This Word file has more than ${limits.elements} elements.`
        )
      }
      const end = endOfTag(text, at + 1)
      if (text.charCodeAt(end - 1) !== slash) depth += 1
      if (depth > limits.depth) throw corruptFile(`The XML of this Word file is nested deeper than ${limits.depth}.`)
      at = end + 1
    }
  }
  if (elements === 0) throw corruptFile("A part of this Word file has no content.")
  if (depth !== 0) throw corruptFile("The XML of this Word file ends before its elements do.")
  return { cells }
}
