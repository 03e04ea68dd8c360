import { Context, type Effect, type Option } from "effect"
import type { Row } from "../repository/EntityTable.ts"
import type { RepositoryError } from "../repository/RepositoryError.ts"

/** A job that has ended, with what goes where it goes; rows as JSON has them, every column by its name. */
export interface FinishedJob {
  readonly job: Row & { readonly id: string; readonly document_id: string; readonly user_id: string }
  readonly reviewTasks: ReadonlyArray<Row>
  /** The extractions that name the job; they stay, and name it again when it is restored. */
  readonly extractionIds: ReadonlyArray<string>
}

/** Where bytes lie. */
export interface BlobLocation {
  readonly bucket: string
  readonly key: string
  readonly versionId: string | null
}

/** Where a job lies that was archived. */
export interface ArchivePlace extends BlobLocation {
  readonly jobId: string
  readonly sha256: string
}

/** Bytes whose row is gone. */
export interface Tombstone extends BlobLocation {
  readonly id: number
  /** Another row means the same place, which then must stay. */
  readonly isTaken: boolean
}

/** Bytes that a row says are there. */
export interface BlobReference extends BlobLocation {
  /** Of the document, or of the archived job. */
  readonly id: string
}

/** What is due at these moments, without doing it. */
export interface MaintenanceDue {
  readonly finishedJobs: number
  readonly pendingUploads: number
  readonly tombstones: number
  readonly sessions: number
  readonly cacheEntries: number
  readonly idempotencyKeys: number
  readonly rawMetrics: number
  readonly hourlyMetrics: number
}

/** From before which moments things go. */
export interface MaintenanceLimits {
  readonly finishedJobs: Date
  readonly pendingUploads: Date
  readonly rawMetrics: Date
  readonly hourlyMetrics: Date
}

/** What maintenance asks of a store besides the repositories. */
export class MaintenanceRecords extends Context.Service<
  MaintenanceRecords,
  {
    readonly due: (limits: MaintenanceLimits) => Effect.Effect<MaintenanceDue, RepositoryError>
    /** Ids of jobs that ended before then, by id, behind one. */
    readonly finishedJobs: (
      endedBefore: Date,
      after: string | null,
      limit: number
    ) => Effect.Effect<ReadonlyArray<string>, RepositoryError>
    /** None where the job is no more or has not ended. Within a transaction it stays as it is until that ends. */
    readonly finishedJob: (jobId: string) => Effect.Effect<Option.Option<FinishedJob>, RepositoryError>
    /** Removes the job and its review tasks, and says where they lie. */
    readonly replaceByArchive: (job: FinishedJob, place: ArchivePlace) => Effect.Effect<void, RepositoryError>
    readonly archivePlace: (
      jobId: string
    ) => Effect.Effect<Option.Option<ArchivePlace & { readonly archivedAt: string }>, RepositoryError>
    /**
     * Writes the rows again and forgets where they lay. What they named and is gone is null in them; the name of the
     * request is forgotten. False where they were not archived.
     */
    readonly restore: (job: FinishedJob) => Effect.Effect<boolean, RepositoryError>
    /** Of a bucket, by id, behind one. */
    readonly tombstones: (
      bucket: string,
      after: number,
      limit: number
    ) => Effect.Effect<ReadonlyArray<Tombstone>, RepositoryError>
    readonly removeTombstone: (id: number) => Effect.Effect<void, RepositoryError>
    /** Those of the keys that no row names: no document, no archived job, no tombstone. */
    readonly unknownKeys: (
      bucket: string,
      keys: ReadonlyArray<string>
    ) => Effect.Effect<ReadonlyArray<string>, RepositoryError>
    /** Of uploaded documents and archived jobs in a bucket, by id, behind one. */
    readonly references: (
      bucket: string,
      after: string | null,
      limit: number
    ) => Effect.Effect<ReadonlyArray<BlobReference>, RepositoryError>
    /** Those of the jobs that are there and not completed. */
    readonly unfinishedJobs: (ids: ReadonlyArray<string>) => Effect.Effect<ReadonlyArray<string>, RepositoryError>
    /** Removes the rows of their runs from the journal; how many. */
    readonly removeRunsOfCompletedJobs: Effect.Effect<number, RepositoryError>
    /** Removes what nobody can use any more. */
    readonly removeExpired: Effect.Effect<{ readonly sessions: number; readonly cacheEntries: number }, RepositoryError>
  }
>()("@timegrid/core/maintenance/MaintenanceRecords") {}
