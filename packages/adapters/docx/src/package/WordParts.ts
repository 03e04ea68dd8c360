import { DocumentError, type Limits } from "@timegrid/core"
import { corruptFile } from "../refusals.ts"
import { checkMarkup } from "../xml/checkMarkup.ts"
import { deepestNesting } from "../xml/XmlElement.ts"
import { type Relationship, relationshipsOf, relationshipsPartOf } from "./relationships.ts"
import { openPackage, type WordPackage } from "./WordPackage.ts"

/** The texts of a Word file that are read; every one has passed `checkMarkup`. */
export interface WordParts {
  readonly document: string
  readonly styles: string | null
  readonly theme: string | null
  /** Headers and footers by the id with which the document's sections name them. */
  readonly headersAndFooters: ReadonlyMap<string, string>
  /** The file of a picture in the document, unpacked when asked for; null where the document does not hold it. */
  readonly pictureOf: (relationshipId: string) => Uint8Array | null
}

const contentTypesPart = "[Content_Types].xml"

/** What the content types of a package say where its main part is a Word document, with or without macros. */
export const mainPartTypes =
  /wordprocessingml\.(?:document|template)\.main\+xml|ms-word\.\w+\.macroEnabled\w*\.main\+xml/

// Bounds the parser's memory; a page of 10,000 cells with the usual properties has about 200,000 elements.
const mostElements = 300_000

const checkedTexts = (file: WordPackage, limits: Limits) => {
  let cells = 0
  return (partName: string): string | null => {
    const text = file.textOf(partName)
    if (text === null) return null
    const markup = { depth: deepestNesting, elements: mostElements, cells: limits.docxCells - cells }
    cells += checkMarkup(text, markup).cells
    return text
  }
}

const refuseMacros = (file: WordPackage, contentTypes: string): void => {
  if (/macroEnabled|vbaProject/i.test(contentTypes) || file.partNames.some((name) => /vbaProject\.bin$/i.test(name))) {
    throw new DocumentError({ code: "active_content", message: "This Word file contains macros." })
  }
}

/** Unpacks what is read of a Word file, within the limits. Throws a `DocumentError`. */
export const loadParts = (bytes: Uint8Array, limits: Limits): WordParts => {
  const file = openPackage(bytes, limits)
  const textOf = checkedTexts(file, limits)
  const contentTypes = textOf(contentTypesPart)
  if (contentTypes === null || !mainPartTypes.test(contentTypes)) throw corruptFile("This Word file names no document.")
  refuseMacros(file, contentTypes)

  const linksOf = (partName: string): ReadonlyArray<Relationship> => {
    const xml = textOf(relationshipsPartOf(partName))
    return xml === null ? [] : relationshipsOf(partName, xml)
  }
  const mainPart = linksOf("").find(({ kind }) => kind === "officeDocument")?.partName ?? "word/document.xml"
  const document = textOf(mainPart)
  if (document === null) throw corruptFile("This Word file lacks its document part.")
  const links = linksOf(mainPart)
  const only = (kind: string) => {
    const link = links.find((candidate) => candidate.kind === kind)
    return link === undefined ? null : textOf(link.partName)
  }
  const headersAndFooters = links
    .filter(({ kind }) => kind === "header" || kind === "footer")
    .flatMap(({ id, partName }): ReadonlyArray<readonly [string, string]> => {
      const text = textOf(partName)
      return text === null ? [] : [[id, text]]
    })
  const pictureOf = (relationshipId: string) => {
    const link = links.find(({ id, kind }) => kind === "image" && id === relationshipId)
    return link === undefined ? null : file.bytesOf(link.partName)
  }
  return {
    document,
    styles: only("styles"),
    theme: only("theme"),
    headersAndFooters: new Map(headersAndFooters),
    pictureOf
  }
}
