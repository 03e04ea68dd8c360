import { MemoryJobs } from "@timegrid/core/queue"
import { savedResultContract } from "../src/index.ts"

savedResultContract("memory", MemoryJobs.layer())
