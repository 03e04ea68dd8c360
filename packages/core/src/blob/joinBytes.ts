import { Effect, Stream } from "effect"

/** All bytes of a stream in one piece; for what is known to be small enough. */
export const joinBytes = <E, R>(content: Stream.Stream<Uint8Array, E, R>): Effect.Effect<Uint8Array, E, R> =>
  Effect.map(Stream.runCollect(content), (parts) => {
    const bytes = new Uint8Array(parts.reduce((length, part) => length + part.byteLength, 0))
    let offset = 0
    for (const part of parts) {
      bytes.set(part, offset)
      offset += part.byteLength
    }
    return bytes
  })
