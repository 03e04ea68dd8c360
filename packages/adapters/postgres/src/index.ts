export * as PostgresCache from "./cache/PostgresCache.ts"
export * as PostgresCacheReferences from "./cache/PostgresCacheReferences.ts"
export { databaseLayer, PostgresDatabase } from "./database/PostgresDatabase.ts"
export { clientSettings, type DatabaseServices, type PostgresOptions, postgresLayer } from "./database/postgresLayer.ts"
export * as PostgresJobs from "./jobs/PostgresJobs.ts"
export * as PostgresJournal from "./journal/PostgresJournal.ts"
export * as PostgresMaintenance from "./maintenance/PostgresMaintenance.ts"
export * as PostgresMetricsStore from "./metrics/PostgresMetricsStore.ts"
export { makeRecording } from "./metrics/recording.ts"
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
export { postgresMigrations } from "./migrations/postgresMigrations.ts"
export * as PostgresRepositories from "./repositories/PostgresRepositories.ts"
export * as PostgresSessionStore from "./session/PostgresSessionStore.ts"
