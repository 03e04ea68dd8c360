/** Puts blobs on a disk of a megabyte, and prints what became of each. */
import { readdirSync } from "node:fs"
import { join } from "node:path"
import type { BlobError } from "@timegrid/core"
import { FileBlobStore } from "@timegrid/filesystem"
import { Effect, Option, Stream } from "effect"

const [folder = ""] = process.argv.slice(2)
const large = Stream.fromIterable(Array.from({ length: 64 }, () => new Uint8Array(65_536)))

const refusal = (attempt: Effect.Effect<unknown, BlobError>) =>
  Effect.map(Effect.flip(attempt), ({ reason }) => ({
    reason: reason._tag,
    code: reason._tag === "BlobRefused" && (reason.cause as NodeJS.ErrnoException).code,
    left: readdirSync(join(folder, ".incoming"))
  }))

const report = Effect.gen(function* () {
  const blobs = yield* FileBlobStore.make({ folder })
  yield* blobs.put("first", new Uint8Array(10_000))
  const whole = yield* refusal(blobs.put("whole", new Uint8Array(4_000_000)))
  const streamed = yield* refusal(blobs.putStream("streamed", large))
  yield* blobs.put("small", new Uint8Array(100_000))
  const kept = yield* Effect.forEach(["first", "whole", "streamed", "small"], (key) => blobs.find(key))
  return { whole, streamed, kept: kept.map((found) => Option.getOrNull(found)?.byteLength ?? null) }
})
process.stdout.write(JSON.stringify(await Effect.runPromise(report)))
