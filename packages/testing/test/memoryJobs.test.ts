import { MemoryJobs } from "@timegrid/core/queue"
import { auditLogContract, jobStoreContract, outboxContract, reviewQueueContract } from "../src/index.ts"

jobStoreContract("memory", MemoryJobs.layer())
outboxContract("memory", MemoryJobs.layer())
auditLogContract("memory", MemoryJobs.layer())
reviewQueueContract("memory", MemoryJobs.layer())
