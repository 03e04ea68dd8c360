import { MemoryBlobStore, MemoryCache } from "@timegrid/core"
import { MemoryJournal } from "@timegrid/core/pipeline"
import { blobStoreContract, cacheContract, journalContract } from "../src/index.ts"

cacheContract("memory", MemoryCache.layer())
blobStoreContract("memory", MemoryBlobStore.layer)
blobStoreContract("memory with versions", MemoryBlobStore.layerVersioned)
journalContract("memory", MemoryJournal.layer)
