import { child, elements, type XmlElement } from "../xml/XmlElement.ts"

/** Wrappers that mean nothing for reading: their content stands where they do. */
const transparent = new Set([
  "w:sdt",
  "w:sdtContent",
  "w:ins",
  "w:moveTo",
  "w:hyperlink",
  "w:smartTag",
  "w:customXml",
  "w:fldSimple",
  "w:dir",
  "w:bdo",
  "w:ruby",
  "w:rubyBase",
  "w:body",
  "m:oMathPara",
  "m:oMath"
])
/** Revisions that took text away, and readings above a base text. */
const invisible = new Set(["w:del", "w:moveFrom", "w:rt", "w:footnotePr", "w:endnotePr"])
const readable = new Set(["w:t", "w:tbl", "w:txbxContent", "pic:pic", "v:imagedata", "w:sym"])

const holdsReadable = (element: XmlElement): boolean =>
  elements(element).some((inner) => readable.has(inner.name) || holdsReadable(inner))

/** The one branch of alternatives that is read: the first choice that says anything, else the fallback. */
const chosenBranch = (alternatives: XmlElement): XmlElement | null =>
  elements(alternatives).find((branch) => branch.name === "mc:Choice" && holdsReadable(branch)) ??
  child(alternatives, "mc:Fallback")

/**
 * An element's children as a reader of the page meets them: wrappers opened, deleted text left out, one branch of each
 * alternative taken.
 */
export function* visibleContent(parent: XmlElement): Generator<XmlElement> {
  for (const element of elements(parent)) {
    if (invisible.has(element.name)) continue
    if (transparent.has(element.name)) yield* visibleContent(element)
    else if (element.name === "mc:AlternateContent") {
      const branch = chosenBranch(element)
      if (branch !== null) yield* visibleContent(branch)
    } else yield element
  }
}

/** The outermost visible descendants with one of the names, in document order. */
export function* visibleDescendants(parent: XmlElement, names: ReadonlySet<string>): Generator<XmlElement> {
  for (const element of visibleContent(parent)) {
    if (names.has(element.name)) yield element
    else yield* visibleDescendants(element, names)
  }
}
