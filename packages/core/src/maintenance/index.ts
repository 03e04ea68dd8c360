export { type ArchivedJob, JobArchive, type JobArchiveError } from "./JobArchive.ts"
export { type MaintenanceTask, runMaintenance, type TaskReport, type TaskResult } from "./Maintenance.ts"
export {
  type ArchivePlace,
  type BlobLocation,
  type BlobReference,
  type FinishedJob,
  type MaintenanceDue,
  type MaintenanceLimits,
  MaintenanceRecords,
  type Tombstone
} from "./MaintenanceRecords.ts"
export { type MaintenanceOptions, type MaintenanceServices, maintenanceTasks } from "./maintenanceTasks.ts"
