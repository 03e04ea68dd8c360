import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { BlobStore } from "@timegrid/core"
import { FileBlobStore } from "@timegrid/filesystem"
import { blobStoreContract } from "@timegrid/testing"
import { Effect, Layer } from "effect"

const folder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "timegrid-blobs-"))),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

blobStoreContract(
  "files",
  Layer.effect(
    BlobStore,
    Effect.flatMap(folder, (path) => FileBlobStore.make({ folder: path }))
  )
)
