/** One text for one value: JSON with sorted keys, bytes replaced by their hash. */

/** What stands for bytes in the text. Keys of the value itself that begin with "$" get one more, so none can feign it. */
const bytesKey = "$bytes"

/** All byte arrays inside a value, each once. */
export const bytesIn = (value: unknown, found = new Set<Uint8Array>()): Set<Uint8Array> => {
  if (value instanceof Uint8Array) found.add(value)
  else if (Array.isArray(value)) for (const item of value) bytesIn(item, found)
  else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) bytesIn(item, found)
  return found
}

/**
 * The canonical text of a value made of plain objects, arrays, texts, finite numbers, booleans, null and bytes; keys
 * that are undefined are left out, −0 is 0. Throws a TypeError that names the place of anything else.
 */
export const canonicalJson = (value: unknown, hashOf: (bytes: Uint8Array) => string, path = "$"): string => {
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "number" && Number.isFinite(value)) return JSON.stringify(value)
  if (value === null || typeof value === "boolean") return String(value)
  if (Array.isArray(value))
    return `[${value.map((item, index) => canonicalJson(item, hashOf, `${path}[${index}]`)).join()}]`
  if (value instanceof Uint8Array) return `{"${bytesKey}":"${hashOf(value)}"}`
  if (isPlainObject(value)) {
    const members: Array<string> = []
    for (const key of Object.keys(value).sort()) {
      const member = value[key]
      if (member === undefined) continue
      const name = key.startsWith("$") ? `$${key}` : key
      members.push(`${JSON.stringify(name)}:${canonicalJson(member, hashOf, `${path}.${key}`)}`)
    }
    return `{${members.join()}}`
  }
  throw new TypeError(`${path} has no form in JSON and bytes`)
}

/** The hashes of the bytes that a canonical text speaks of, each once. */
export const bytesNamedIn = (text: string): Set<string> => {
  const found = new Set<string>()
  if (text.includes(bytesKey))
    JSON.parse(text, (key, value) => {
      if (key === bytesKey) found.add(value)
      return value
    })
  return found
}

/** The value of a canonical text. */
export const parseCanonicalJson = (text: string, bytesOf: (hash: string) => Uint8Array): unknown => {
  const value: unknown = JSON.parse(text)
  return text.includes('"$') ? restored(value, bytesOf) : value
}

const restored = (value: unknown, bytesOf: (hash: string) => Uint8Array): unknown => {
  if (Array.isArray(value)) return value.map((item) => restored(item, bytesOf))
  if (!isPlainObject(value)) return value
  const hash = value[bytesKey]
  if (typeof hash === "string") return bytesOf(hash)
  // fromEntries makes own properties of all keys, `__proto__` included.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.startsWith("$") ? key.slice(1) : key, restored(member, bytesOf)])
  )
}

const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== "object" || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
