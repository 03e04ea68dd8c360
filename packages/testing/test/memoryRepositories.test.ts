import { MemoryRepositories } from "@timegrid/core/repository"
import { repositoryContract } from "../src/index.ts"

repositoryContract("memory", MemoryRepositories.layer)
