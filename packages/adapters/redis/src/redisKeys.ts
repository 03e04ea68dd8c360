import type { RedisEntry } from "@timegrid/core"

/** How keys are written, where others use the same Redis or it is a cluster. */
export interface RedisKeyOptions {
  /** Stands before every key and channel, such as `timegrid:`. Default nothing: the keys are those of the documentation. */
  readonly prefix?: string | undefined
  /**
   * Puts the first value of each key in braces, `session:{<userId>}`, so that a cluster keeps what belongs together in
   * one place. Default off.
   */
  readonly hashTags?: boolean | undefined
}

/** Writes keys. */
export interface RedisKeys {
  /** The key of an entry for these values. */
  readonly of: <Values extends Readonly<Record<string, string>>>(
    entry: Pick<RedisEntry, "pattern"> & { readonly key: (values: Values) => string },
    values: Values
  ) => string
  /** A key or channel that is whole already. */
  readonly whole: (key: string) => string
  /** What stands before every key. */
  readonly prefix: string
}

/** Keys by these options. */
export const makeRedisKeys = ({ hashTags = false, prefix = "" }: RedisKeyOptions = {}): RedisKeys => ({
  prefix,
  whole: (key) => prefix + key,
  of: (entry, values) => prefix + entry.key(hashTags ? tagged(entry.pattern, values) : values)
})

const tagged = <Values extends Readonly<Record<string, string>>>(pattern: string, values: Values): Values => {
  const [, first] = /\{(\w+)\}/.exec(pattern) ?? []
  return first === undefined ? values : { ...values, [first]: `{${values[first]}}` }
}
