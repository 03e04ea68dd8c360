import { MemoryCacheReferences } from "@timegrid/core"
import { MemoryWakeUps } from "@timegrid/core/queue"
import { MemoryRateLimiter } from "@timegrid/core/rate-limit"
import { MemoryEventBus, MemoryProgressStore, MemorySubscriptionStore } from "@timegrid/core/realtime"
import { MemorySessionStore } from "@timegrid/core/session"
import {
  cacheReferencesContract,
  eventBusContract,
  progressStoreContract,
  rateLimiterContract,
  sessionStoreContract,
  subscriptionStoreContract,
  wakeUpsContract
} from "../src/index.ts"

cacheReferencesContract("memory", MemoryCacheReferences.layer)
sessionStoreContract("memory", MemorySessionStore.layer)
rateLimiterContract("memory", MemoryRateLimiter.layer)
progressStoreContract("memory", MemoryProgressStore.layer)
subscriptionStoreContract("memory", MemorySubscriptionStore.layer)
eventBusContract("memory", MemoryEventBus.layer)
wakeUpsContract("memory", MemoryWakeUps.layer)
