import type { AppliedMigration } from "./history.ts"
import type { Migration } from "./Migration.ts"

/** How a migration stands: in the files, in the history, or differently in both. */
export type MigrationState = "applied" | "changed" | "missing" | "outOfOrder" | "pending" | "unfinished"

/** One line of `timegrid migrate --status`. */
export interface MigrationStatus {
  readonly version: number
  readonly file: string
  readonly state: MigrationState
  readonly appliedAt: Date | null
}

/** How each migration of files and history stands, in order of version. */
export const migrationStatuses = (
  migrations: ReadonlyArray<Migration>,
  history: ReadonlyArray<AppliedMigration>
): ReadonlyArray<MigrationStatus> => {
  const newest = Math.max(-1, ...history.map(({ version }) => version))
  const applied = new Map(history.map((entry) => [entry.version, entry]))
  const files = new Set(migrations.map(({ version }) => version))
  const stateOf = ({ checksum, version }: Migration, entry: AppliedMigration | undefined): MigrationState => {
    if (entry === undefined) return version < newest ? "outOfOrder" : "pending"
    if (entry.checksum !== checksum) return "changed"
    return entry.finishedAt === null ? "unfinished" : "applied"
  }
  return [
    ...migrations.map((migration) => {
      const entry = applied.get(migration.version)
      return {
        version: migration.version,
        file: migration.file,
        state: stateOf(migration, entry),
        appliedAt: entry?.appliedAt ?? null
      }
    }),
    ...history
      .filter(({ version }) => !files.has(version))
      .map(({ appliedAt, file, version }) => ({ version, file, state: "missing" as const, appliedAt }))
  ].sort((one, other) => one.version - other.version)
}
