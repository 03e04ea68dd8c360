import { elements, parseXml } from "../xml/XmlElement.ts"

// Part names are paths; a scheme of our own lets the platform's URL resolve them.
const partScheme = "part:"

/** A link from one part of a Word file to another. */
export interface Relationship {
  readonly id: string
  /** The last step of the type's address, e.g. `"styles"` or `"header"`: equal in both editions of the standard. */
  readonly kind: string
  /** The name of the part that it leads to. */
  readonly partName: string
}

/** The name of the part that holds the relationships of another; `""` is the package itself. */
export const relationshipsPartOf = (partName: string): string => {
  const slash = partName.lastIndexOf("/") + 1
  return `${partName.slice(0, slash)}_rels/${partName.slice(slash)}.rels`
}

/**
 * The relationships that a part's `.rels` states. Those that lead out of the file are left out: nothing is ever
 * fetched.
 */
export const relationshipsOf = (partName: string, relationshipsXml: string): ReadonlyArray<Relationship> =>
  elements(parseXml(relationshipsXml)).flatMap(({ attributes }) => {
    const { Id: id, Target: target, TargetMode: mode, Type: type } = attributes
    if (id === undefined || target === undefined || type === undefined || mode === "External") return []
    const address = URL.parse(target, `${partScheme}///${partName}`)
    if (address?.protocol !== partScheme) return []
    return [{ id, kind: type.slice(type.lastIndexOf("/") + 1), partName: decodeURI(address.pathname).slice(1) }]
  })
