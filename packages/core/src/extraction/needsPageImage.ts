import type { BoundingBox, Page } from "../document/Page.ts"
import { isWriting } from "./isWriting.ts"

/** An image is part of the page's content, not a logo, from this share of the page on. */
const contentImageShare = 0.1

/** Images that together cover this share of the page may hold its timetable. */
const coveringShare = 0.4

/** Words over its images with which a page has a text layer; stamps and scanner marks have fewer. */
const textLayerWords = 20

/** A word that its reader is less sure to be seen than this, such as one under an image, may be no word of the page. */
const seenConfidence = 0.9

/**
 * Whether a page must be read from its pixels because its native words cannot tell what stands on it: it draws
 * something but has no words at all, images cover it and hardly a word is sure to lie over them, or its words are no
 * writing.
 */
export const needsPageImage = (page: Page): boolean => {
  if (page.words.length === 0) {
    return page.images.length + page.rules.length + page.fills.length > 0
  }
  if (!isWriting(page.words.map(({ text }) => text))) {
    return true
  }
  const pageArea = page.widthPx * page.heightPx
  const images = page.images.filter((image) => area(image) >= contentImageShare * pageArea)
  const covered = images.reduce((sum, image) => sum + area(image), 0)
  if (covered < coveringShare * pageArea) {
    return false
  }
  const wordsOverImages = page.words.filter(
    (word) => word.confidence >= seenConfidence && images.some((image) => holdsMiddle(image, word.box))
  )
  return wordsOverImages.length < textLayerWords
}

const area = (box: BoundingBox): number => box.width * box.height

const holdsMiddle = (outer: BoundingBox, inner: BoundingBox): boolean => {
  const x = inner.x + inner.width / 2
  const y = inner.y + inner.height / 2
  return x >= outer.x && x <= outer.x + outer.width && y >= outer.y && y <= outer.y + outer.height
}
