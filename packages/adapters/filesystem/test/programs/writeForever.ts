/** Puts blobs of a megabyte, each full of one number, until it is killed. */
import { FileBlobStore } from "@timegrid/filesystem"
import { Effect, Stream } from "effect"

const [folder = ""] = process.argv.slice(2)
const parts = (fill: number) => Stream.fromIterable(Array.from({ length: 16 }, () => new Uint8Array(65_536).fill(fill)))

await Effect.runPromise(
  Effect.gen(function* () {
    const blobs = yield* FileBlobStore.make({ folder })
    for (let round = 0; ; round = (round + 1) % 200) {
      yield* blobs.putStream("killed/one", parts(round))
      if (round === 0) process.stdout.write("put\n")
    }
  })
)
