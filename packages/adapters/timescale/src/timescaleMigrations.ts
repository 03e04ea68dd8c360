import path from "node:path"
import { readMigrations } from "@timegrid/postgres"

// The build copies the files beside the code; in the workspace they lie where psql and other migrators find them.
const here = import.meta.dirname
const folder =
  path.basename(here) === "dist" ? path.join(here, "migrations") : path.join(here, "../../../../migrations/timescale")

/**
 * The migrations that come with this version: the files `V###__name.sql` of `migrations/timescale`. They go into a
 * database, or at least a schema, other than that of `postgresMigrations`, whose tables have the same names.
 */
export const timescaleMigrations = readMigrations(folder)
