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
export const canonicalJson = (value: unknown, hashOf: (bytes: Uint8Array) => string): string => {
  const text = textOf(value, hashOf)
  if (text === null) throw new TypeError(`${strangerIn(value, "$")} has no form in JSON and bytes`)
  return text
}

/** Null where a part of it has no text. Places are not followed: nearly every value has one. */
const textOf = (value: unknown, hashOf: (bytes: Uint8Array) => string): string | null => {
  if (typeof value === "string") return JSON.stringify(value)
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : null
  if (value === null || typeof value === "boolean") return String(value)
  if (Array.isArray(value)) {
    let items = ""
    for (let index = 0; index < value.length; index++) {
      const item = textOf(value[index], hashOf)
      if (item === null) return null
      items += index === 0 ? item : `,${item}`
    }
    return `[${items}]`
  }
  if (value instanceof Uint8Array) return `{"${bytesKey}":"${hashOf(value)}"}`
  if (!isPlainObject(value)) return null
  let members = ""
  for (const key of Object.keys(value).sort()) {
    if (value[key] === undefined) continue
    const member = textOf(value[key], hashOf)
    if (member === null) return null
    const name = JSON.stringify(key.startsWith("$") ? `$${key}` : key)
    members += members === "" ? `${name}:${member}` : `,${name}:${member}`
  }
  return `{${members}}`
}

/** The place of the first part that has no text. */
const strangerIn = (value: unknown, path: string): string => {
  const parts: ReadonlyArray<readonly [string, unknown]> = Array.isArray(value)
    ? Array.from(value, (item, index) => [`${path}[${index}]`, item])
    : isPlainObject(value)
      ? Object.keys(value)
          .sort()
          .map((key) => [`${path}.${key}`, value[key]])
      : []
  const found = parts.find(
    ([, part]) => (part !== undefined || Array.isArray(value)) && textOf(part, () => "") === null
  )
  return found === undefined ? path : strangerIn(found[1], found[0])
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
