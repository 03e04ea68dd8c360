import type { BoundingBox, Page, PageImage, Rotation } from "../document/Page.ts"

/** The image turned clockwise. */
export const turnImage = (image: PageImage, rotation: Rotation): PageImage => {
  if (rotation === 0) return image
  const { widthPx: width, heightPx: height, channels, data } = image
  const quarter = rotation !== 180
  const turned = new Uint8Array(data.length)
  // Where the first pixel of the original goes, and how far its right and lower neighbours lie from it.
  const [first, right, below] =
    rotation === 90
      ? [height - 1, height, -1]
      : rotation === 180
        ? [width * height - 1, -1, -width]
        : [(width - 1) * height, -height, 1]
  for (let y = 0, source = 0; y < height; y++) {
    for (let x = 0, target = (first + y * below) * channels; x < width; x++, target += right * channels) {
      for (let c = 0; c < channels; c++) turned[target + c] = data[source++]!
    }
  }
  return { ...image, widthPx: quarter ? height : width, heightPx: quarter ? width : height, data: turned }
}

/** What a reader says of the page, once it is turned clockwise. Words, rules and fills are left to be read anew. */
export const turnPage = (page: Page, rotation: Rotation): Page => {
  if (rotation === 0) return page
  const { widthPx, heightPx } = page
  return {
    ...page,
    widthPx: rotation === 180 ? widthPx : heightPx,
    heightPx: rotation === 180 ? heightPx : widthPx,
    rotation: sumOf(page.rotation, rotation),
    images: page.images.map((box) => turnBox(box, page, rotation))
  }
}

/** Two turns, one after the other. */
export const sumOf = (a: Rotation, b: Rotation): Rotation =>
  // A sum of multiples of 90 below 360 is one of the four.
  ((a + b) % 360) as Rotation

/** The turn that leads from one rotation to another. */
export const turnBetween = (from: Rotation, to: Rotation): Rotation =>
  // As for a sum.
  ((to - from + 360) % 360) as Rotation

/** A box of a page of that size, once the page is turned clockwise. */
export const turnBox = (
  { x, y, width, height }: BoundingBox,
  { widthPx, heightPx }: Pick<Page, "widthPx" | "heightPx">,
  rotation: Rotation
): BoundingBox => {
  switch (rotation) {
    case 0:
      return { x, y, width, height }
    case 90:
      return { x: heightPx - y - height, y: x, width: height, height: width }
    case 180:
      return { x: widthPx - x - width, y: heightPx - y - height, width, height }
    case 270:
      return { x: y, y: widthPx - x - width, width: height, height: width }
  }
}
