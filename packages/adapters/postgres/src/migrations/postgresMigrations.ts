import path from "node:path"
import { readMigrations } from "./Migration.ts"

// The build copies the files beside the code; in the workspace they lie where psql and other migrators find them.
const here = import.meta.dirname
const folder =
  path.basename(here) === "dist" ? path.join(here, "migrations") : path.join(here, "../../../../../migrations/postgres")

/** The migrations that come with this version: the files `V###__name.sql` of `migrations/postgres`. */
export const postgresMigrations = readMigrations(folder)
