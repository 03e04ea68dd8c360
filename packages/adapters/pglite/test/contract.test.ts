import { PostgresRepositories } from "@timegrid/postgres"
import { repositoryContract, repositoryModelContract } from "@timegrid/testing"
import { Layer } from "effect"
import { Pglite } from "../src/index.ts"

const store = (schema?: string) =>
  Layer.provide(PostgresRepositories.layer, Pglite.layer({ folder: null, ...(schema !== undefined && { schema }) }))

repositoryContract("PGlite", store())
repositoryContract("PGlite, in a schema of its own", store("school"))
repositoryModelContract("PGlite", store())
