/** The months of the audit log, in UTC: one partition each. */

/** The month of a moment: its first moment and that of the next month. */
export interface AuditMonth {
  readonly from: Date
  readonly to: Date
  /** The name of its partition, as the seed writes it: `audit_logs_y2024m10`. */
  readonly partition: string
}

/** The month so many months after the one of `moment`. */
export const auditMonthOf = (moment: Date, after = 0): AuditMonth => {
  const from = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + after))
  const to = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1))
  return { from, to, partition: `audit_logs_y${from.toISOString().slice(0, 7).replace("-", "m")}` }
}
