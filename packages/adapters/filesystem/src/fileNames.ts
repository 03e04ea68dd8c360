/** Between keys and the names of files: what some file system would take for something else is written as `%XX`. */
import path from "node:path"

// Upper case too: where a file system is blind to case, keys that differ in it would be one.
const plain = /[a-z0-9._\- ]/
const encoder = new TextEncoder()

/** Names that Windows keeps for devices, whatever follows their first dot. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/

const percentEncode = (character: string): string =>
  Array.from(encoder.encode(character), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("")

const nameOf = (part: string): string => {
  const escaped = Array.from(part, (character) => (plain.test(character) ? character : percentEncode(character))).join(
    ""
  )
  // A name never begins with a dot: those are the store's own, and `.` and `..` lead elsewhere.
  return escaped
    .replace(device, (name) => percentEncode(name.slice(0, 1)) + name.slice(1))
    .replace(/^[. ]/, percentEncode)
    .replace(/[. ]$/, percentEncode)
}

/** Most file systems hold no longer name. */
const longestName = 255

/** The file of a key within a folder; null for a key with a part that no name can hold. */
export const filePath = (folder: string, key: string): string | null => {
  const names = key.split("/").map(nameOf)
  return names.some((name) => name.length > longestName) ? null : path.join(folder, ...names)
}

/** The part of a key that a name stands for; null for a name that is not the store's. */
export const partOf = (name: string): string | null => {
  try {
    const part = decodeURIComponent(name)
    return nameOf(part) === name ? part : null
  } catch {
    return null
  }
}
