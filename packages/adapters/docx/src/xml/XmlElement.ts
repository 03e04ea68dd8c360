import { XMLParser } from "fast-xml-parser"
import { corruptFile } from "../refusals.ts"

/** An XML element; names carry the prefix that is usual for their namespace, whatever the file's own prefix is. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: ReadonlyArray<XmlElement | string>
}

/** Elements inside one another that are still parsed; Word itself stays far below, also with nested tables. */
export const deepestNesting = 256

const usualPrefixes: ReadonlyMap<string, string> = new Map([
  ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"],
  ["http://purl.oclc.org/ooxml/wordprocessingml/main", "w"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"],
  ["http://purl.oclc.org/ooxml/officeDocument/relationships", "r"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/math", "m"],
  ["http://purl.oclc.org/ooxml/officeDocument/math", "m"],
  ["http://schemas.openxmlformats.org/drawingml/2006/main", "a"],
  ["http://purl.oclc.org/ooxml/drawingml/main", "a"],
  ["http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"],
  ["http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"],
  ["http://schemas.openxmlformats.org/drawingml/2006/picture", "pic"],
  ["http://purl.oclc.org/ooxml/drawingml/picture", "pic"],
  ["http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"],
  ["urn:schemas-microsoft-com:vml", "v"]
])

const attributesKey = ":@"
const textKey = "#text"

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  htmlEntities: true,
  jPath: false,
  maxNestedTags: deepestNesting + 1,
  processEntities: { maxTotalExpansions: Number.POSITIVE_INFINITY, maxExpandedLength: Number.POSITIVE_INFINITY }
})

/** fast-xml-parser's ordered shape: one key names the node, `:@` holds its attributes. */
type ParsedNode = Readonly<Record<string, unknown>>

type Scope = ReadonlyMap<string, string>

const withDeclarations = (scope: Scope, attributes: Readonly<Record<string, string>>): Scope => {
  let inner: Map<string, string> | null = null
  for (const name in attributes) {
    if (!name.startsWith("xmlns")) continue
    const prefix = name === "xmlns" ? "" : name.slice("xmlns:".length)
    inner ??= new Map(scope)
    inner.set(prefix, usualPrefixes.get(attributes[name]!) ?? prefix)
  }
  return inner ?? scope
}

const qualified = (name: string, scope: Scope): string => {
  const colon = name.indexOf(":")
  const own = colon === -1 ? "" : name.slice(0, colon)
  const usual = scope.get(own) ?? own
  if (usual === own) return name
  return usual === "" ? name.slice(colon + 1) : `${usual}:${name.slice(colon + 1)}`
}

const qualifiedAttributes = (attributes: Readonly<Record<string, string>>, scope: Scope) => {
  const renamed: Record<string, string> = {}
  for (const name in attributes) {
    // An attribute without a prefix has no namespace, whatever the default one is.
    renamed[name.includes(":") ? qualified(name, scope) : name] = attributes[name]!
  }
  return renamed
}

const childrenOf = (nodes: ReadonlyArray<ParsedNode>, scope: Scope): Array<XmlElement | string> => {
  const children: Array<XmlElement | string> = []
  for (const node of nodes) {
    const name = Object.keys(node).find((key) => key !== attributesKey)
    if (name === undefined) continue
    if (name === textKey) children.push(String(node[textKey]))
    // The parser's types end at the root; its ordered output holds an array of nodes under every element's name.
    else children.push(elementOf(name, node[name] as ReadonlyArray<ParsedNode>, node[attributesKey], scope))
  }
  return children
}

const elementOf = (
  name: string,
  nodes: ReadonlyArray<ParsedNode>,
  parsedAttributes: unknown,
  outer: Scope
): XmlElement => {
  // With parseAttributeValue off every attribute is a string.
  const attributes = (parsedAttributes ?? {}) as Readonly<Record<string, string>>
  const scope = withDeclarations(outer, attributes)
  return {
    name: qualified(name, scope),
    attributes: qualifiedAttributes(attributes, scope),
    children: childrenOf(nodes, scope)
  }
}

/** The root element of XML that `checkMarkup` has passed. Throws a `DocumentError` with `corrupt_file`. */
export const parseXml = (text: string): XmlElement => {
  let nodes: ReadonlyArray<ParsedNode>
  try {
    nodes = parser.parse(text)
  } catch (cause) {
    throw corruptFile("The XML of this Word file cannot be read.", cause)
  }
  const root = childrenOf(nodes, new Map()).find((node) => typeof node !== "string")
  if (root === undefined) throw corruptFile("A part of this Word file has no content.")
  return root
}

/** The child elements, without the text between them. */
export const elements = (parent: XmlElement): ReadonlyArray<XmlElement> =>
  parent.children.filter((node) => typeof node !== "string")

/** The first child with a name, or null; a null parent has none, so that paths can be chained. */
export const child = (parent: XmlElement | null, name: string): XmlElement | null => {
  for (const node of parent?.children ?? []) if (typeof node !== "string" && node.name === name) return node
  return null
}

/** The attribute `w:val`, by which most properties in Word state their value; null where it is missing. */
export const statedValue = (property: XmlElement | null): string | null => property?.attributes["w:val"] ?? null

/** All text directly inside an element. */
export const textOf = (parent: XmlElement): string =>
  parent.children.filter((node) => typeof node === "string").join("")
