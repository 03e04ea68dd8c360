type Names<Pattern extends string> = Pattern extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never

/** One kind of key in Redis. */
export interface RedisEntry<Pattern extends string = string, Lifetime extends number | null = number | null> {
  /** As the seed writes it: names in braces stand for values. */
  readonly pattern: Pattern
  readonly type: "hash" | "string" | "set"
  /** Seconds until Redis forgets a key; null: never. */
  readonly lifetimeSeconds: Lifetime
  /** The key for these values, byte by byte: nothing is escaped or added. */
  readonly key: (values: Readonly<Record<Names<Pattern>, string>>) => string
}

/** Seconds in a day. */
export const daySeconds = 86_400

/** Describes a kind of key; see {@link RedisEntry}. */
export const redisEntry = <const Pattern extends string, Lifetime extends number | null>(
  entry: Omit<RedisEntry<Pattern, Lifetime>, "key">
): RedisEntry<Pattern, Lifetime> => ({
  ...entry,
  // The braces of the pattern hold exactly the names of `values`.
  key: (values) => entry.pattern.replace(/\{(\w+)\}/g, (_, name) => values[name as Names<Pattern>])
})
