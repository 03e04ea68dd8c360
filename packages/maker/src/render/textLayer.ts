/**
 * What the text of a made PDF is worth. `sound`: it says what is seen. Others mislead: `none`: the page is one image.
 * `hidden`: sound text that nobody sees, over an image of the page. `dirty`: the same, misread. `beneath`: misread text
 * painted before the image. `garbled`: the letters are seen rightly and mapped wrongly. `annotations`: the writing is in
 * annotations. `doubled`: each text is drawn twice, to look bold. `shadowed`: twice, the first in gray and aside.
 * `decoys`: other writing stands there that nobody sees.
 */
export const textLayers = [
  "sound",
  "none",
  "hidden",
  "dirty",
  "beneath",
  "garbled",
  "annotations",
  "doubled",
  "shadowed",
  "decoys"
] as const

/** One of {@link textLayers}. */
export type TextLayer = (typeof textLayers)[number]

/** Layers below or above an image of the page. */
export const layersOverImage: ReadonlySet<TextLayer> = new Set(["none", "hidden", "dirty", "beneath"])

const misreadings: Readonly<Record<string, string>> = {
  a: "@",
  e: "c~",
  i: "|",
  l: "1",
  o: "0",
  r: "t'",
  s: "5$",
  t: "+",
  u: "ii",
  n: "^r",
  "0": "O",
  "1": "]",
  "3": "8",
  "5": "S",
  ":": "",
  ".": ""
}

/** The text as a bad OCR of long ago read it. */
export const misread = (text: string): string => [...text].map((letter) => misreadings[letter] ?? letter).join("")
