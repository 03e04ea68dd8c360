import { PostgresRepositories } from "@timegrid/postgres"
import { repositoryContract, repositoryModelContract } from "@timegrid/testing"
import { Layer } from "effect"
import { Pglite } from "../src/index.ts"

const store = Layer.provide(PostgresRepositories.layer, Pglite.layer({ folder: null }))

repositoryContract("PGlite", store)
repositoryModelContract("PGlite", store)
