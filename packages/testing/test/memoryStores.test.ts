import { BlobStore, blobsUnder, MemoryBlobStore, MemoryCache } from "@timegrid/core"
import { MemoryJournal } from "@timegrid/core/pipeline"
import { Layer } from "effect"
import { blobStoreContract, cacheContract, journalContract } from "../src/index.ts"

cacheContract("memory", MemoryCache.layer())
blobStoreContract("memory", MemoryBlobStore.layer)
blobStoreContract("memory with versions", MemoryBlobStore.layerVersioned)
blobStoreContract(
  "a folder of another store",
  Layer.sync(BlobStore, () => blobsUnder("folder", MemoryBlobStore.make()))
)
journalContract("memory", MemoryJournal.layer)
