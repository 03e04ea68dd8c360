/** What one process follows, and how often. */
export interface HeldSubscriptions {
  /** True when it is the first of its kind. */
  readonly add: (userId: string, jobId: string) => boolean
  /** True when it was the last of its kind. */
  readonly remove: (userId: string, jobId: string) => boolean
  readonly has: (userId: string, jobId: string) => boolean
  /** The jobs that a user follows. */
  readonly jobsOf: (userId: string) => ReadonlyArray<string>
  readonly userIds: () => ReadonlyArray<string>
}

/** None at first. */
export const makeHeldSubscriptions = (): HeldSubscriptions => {
  const counts = new Map<string, Map<string, number>>()
  const countOf = (userId: string, jobId: string) => counts.get(userId)?.get(jobId) ?? 0
  return {
    add: (userId, jobId) => {
      const jobs = counts.get(userId) ?? new Map<string, number>()
      const count = countOf(userId, jobId) + 1
      counts.set(userId, jobs.set(jobId, count))
      return count === 1
    },
    remove: (userId, jobId) => {
      const count = countOf(userId, jobId)
      const jobs = counts.get(userId)
      if (jobs === undefined || count === 0) return false
      if (count > 1) jobs.set(jobId, count - 1)
      else jobs.delete(jobId)
      if (jobs.size === 0) counts.delete(userId)
      return count === 1
    },
    has: (userId, jobId) => countOf(userId, jobId) > 0,
    jobsOf: (userId) => [...(counts.get(userId)?.keys() ?? [])],
    userIds: () => [...counts.keys()]
  }
}
