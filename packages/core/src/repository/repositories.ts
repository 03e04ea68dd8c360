/** The repositories of the seed's tables, and the unit of work that spans them. */
import { Context, type Effect, type Option } from "effect"
import type { JobStatus } from "../domain/jobStatus.ts"
import type { ProcessingJob, ProcessingJobChanges, ProcessingJobInput } from "../domain/ProcessingJob.ts"
import type {
  ReviewPriority,
  ReviewTask,
  ReviewTaskChanges,
  ReviewTaskInput,
  ReviewTaskStatus
} from "../domain/ReviewTask.ts"
import type { Timeblock, TimeblockChanges, TimeblockInput } from "../domain/Timeblock.ts"
import type { Timetable, TimetableChanges, TimetableInput, TimetableStatus } from "../domain/Timetable.ts"
import type {
  UploadedDocument,
  UploadedDocumentChanges,
  UploadedDocumentInput,
  UploadStatus
} from "../domain/UploadedDocument.ts"
import type { User, UserChanges, UserInput, UserRole } from "../domain/User.ts"
import type { Weekday } from "../domain/Weekday.ts"
import type { Repository, Stored } from "./Repository.ts"
import type { RepositoryError } from "./RepositoryError.ts"

export interface UserFilter {
  readonly role?: UserRole
}

/** A user with the hash of their password, for the login alone. */
export interface Credentials {
  readonly user: Stored<User>
  readonly passwordHash: string
}

/** Keeps users; an address is theirs in any case of its letters. */
export class Users extends Context.Service<
  Users,
  Repository<User, UserInput, UserChanges, UserFilter> & {
    readonly findByEmail: (email: string) => Effect.Effect<Option.Option<Credentials>, RepositoryError>
  }
>()("@timegrid/core/repository/Users") {}

export interface TimetableFilter {
  readonly userId?: string
  readonly status?: TimetableStatus
  readonly year?: number
  /** Words of its name and class, as the full-text index finds them. */
  readonly search?: string
}

/** A timetable and how many timeblocks it has. */
export type CountedTimetable = Stored<Timetable> & { readonly timeblockCount: number }

/** A timetable with its timeblocks in the order of the week. */
export type FilledTimetable = Stored<Timetable> & { readonly timeblocks: ReadonlyArray<Stored<Timeblock>> }

export class Timetables extends Context.Service<
  Timetables,
  Repository<Timetable, TimetableInput, TimetableChanges, TimetableFilter> & {
    /** The user's active timetables, the one changed last first. `limit` is 10 by default. */
    readonly listActive: (
      userId: string,
      limit?: number
    ) => Effect.Effect<ReadonlyArray<CountedTimetable>, RepositoryError>
    /** The timetable with its timeblocks; one without any has an empty list. */
    readonly findFilled: (id: string) => Effect.Effect<Option.Option<FilledTimetable>, RepositoryError>
  }
>()("@timegrid/core/repository/Timetables") {}

export interface TimeblockFilter {
  readonly timetableId?: string
  readonly dayOfWeek?: Weekday
  /** Words of its name and notes, as the full-text index finds them. */
  readonly search?: string
}

/** Keeps timeblocks. */
export class Timeblocks extends Context.Service<
  Timeblocks,
  Repository<Timeblock, TimeblockInput, TimeblockChanges, TimeblockFilter>
>()("@timegrid/core/repository/Timeblocks") {}

export interface UploadedDocumentFilter {
  readonly userId?: string
  readonly timetableId?: string
  readonly uploadStatus?: UploadStatus
}

/** Keeps what is known of documents; their bytes lie in the blob store. */
export class UploadedDocuments extends Context.Service<
  UploadedDocuments,
  Repository<UploadedDocument, UploadedDocumentInput, UploadedDocumentChanges, UploadedDocumentFilter>
>()("@timegrid/core/repository/UploadedDocuments") {}

export interface ProcessingJobFilter {
  readonly userId?: string
  readonly documentId?: string
  readonly status?: JobStatus
}

/** A job with the names of what it is about. */
export type NamedJob = Stored<ProcessingJob> & {
  readonly fileName: string
  readonly fileType: string
  readonly timetableName: string | null
}

/** Keeps jobs. What a worker does to them goes through `JobStore`, which holds the lease. */
export class ProcessingJobs extends Context.Service<
  ProcessingJobs,
  Repository<ProcessingJob, ProcessingJobInput, ProcessingJobChanges, ProcessingJobFilter> & {
    /** The job with its document and, where it has one, its timetable. */
    readonly findNamed: (id: string) => Effect.Effect<Option.Option<NamedJob>, RepositoryError>
  }
>()("@timegrid/core/repository/ProcessingJobs") {}

export interface ReviewTaskFilter {
  readonly jobId?: string
  readonly assignedTo?: string
  readonly status?: ReviewTaskStatus
  readonly priority?: ReviewPriority
}

/** Keeps review tasks. What a reviewer does to them goes through `ReviewQueue`. */
export class ReviewTasks extends Context.Service<
  ReviewTasks,
  Repository<ReviewTask, ReviewTaskInput, ReviewTaskChanges, ReviewTaskFilter>
>()("@timegrid/core/repository/ReviewTasks") {}

/** Work on several repositories that is done as a whole or not at all. */
export class UnitOfWork extends Context.Service<
  UnitOfWork,
  {
    /**
     * Everything that repositories do in `work` is one transaction: undone when it fails or is interrupted. Within
     * another transaction it is a part of that one that can fail alone.
     */
    readonly transaction: <A, E, R>(work: Effect.Effect<A, E, R>) => Effect.Effect<A, E | RepositoryError, R>
  }
>()("@timegrid/core/repository/UnitOfWork") {}
