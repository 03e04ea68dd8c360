import { repositoryContract, repositoryModelContract } from "@timegrid/testing"
import { Layer } from "effect"
import { describe } from "vitest"
import * as PostgresRepositories from "../../src/repositories/PostgresRepositories.ts"
import { freshPostgres, postgresUrl } from "../support/freshPostgres.ts"

const store = (options?: Parameters<typeof freshPostgres>[0]) =>
  Layer.provide(PostgresRepositories.layer, freshPostgres(options))

describe.skipIf(postgresUrl === null)("on a real PostgreSQL", () => {
  repositoryContract("Postgres", store())
  repositoryContract("Postgres, in a schema of its own", store({ schema: "school" }))
  repositoryModelContract("Postgres", store())
})
