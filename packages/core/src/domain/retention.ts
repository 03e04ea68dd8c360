/** Days for which rows are kept; Redis keys carry their lifetimes themselves. A year is 365 days. */
export const retentionDays = {
  /** Rows of `audit_logs`. */
  auditLogs: 365,
  /** Finished jobs, until they are archived. */
  finishedJobs: 90,
  /** Raw rows of `processing_metrics` and `api_metrics`. */
  rawMetrics: 30,
  /** Hourly figures. */
  hourlyMetrics: 365
} as const
