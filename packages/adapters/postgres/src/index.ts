export type { AppliedMigration } from "./migrations/history.ts"
export { type Migration, MigrationFilesInvalid, readMigrations } from "./migrations/Migration.ts"
export {
  MigrationChanged,
  type MigrationError,
  MigrationMissing,
  MigrationOutOfOrder,
  MigrationStatementFailed,
  MigrationStoreFailed,
  MigrationUnfinished
} from "./migrations/MigrationError.ts"
export {
  type MigrateOptions,
  type MigrationTarget,
  migrate,
  migrationStatus,
  verifyMigrations
} from "./migrations/migrate.ts"
export type { MigrationState, MigrationStatus } from "./migrations/migrationPlan.ts"
