/** Jobs that were spoken of and that nobody has looked at yet. */
export interface WaitingJobs {
  /** One that waits already is not added twice; the greater of its priorities counts. */
  readonly add: (jobId: string, priority: number) => void
  /** The oldest of the greatest priority, which waits no more. */
  readonly take: () => string | undefined
  readonly isEmpty: () => boolean
}

/** So many are remembered at most; workers find the others by looking. */
const maxWaiting = 10_000

/** None at first. */
export const makeWaitingJobs = (): WaitingJobs => {
  const priorities = new Map<string, number>()
  // Each in order of age.
  const jobs = new Map<number, Set<string>>()

  const remove = (jobId: string, priority: number) => {
    priorities.delete(jobId)
    const same = jobs.get(priority)
    same?.delete(jobId)
    if (same?.size === 0) jobs.delete(priority)
  }
  return {
    add: (jobId, priority) => {
      const known = priorities.get(jobId)
      if (known === undefined ? priorities.size >= maxWaiting : known >= priority) return
      if (known !== undefined) remove(jobId, known)
      priorities.set(jobId, priority)
      jobs.set(priority, (jobs.get(priority) ?? new Set()).add(jobId))
    },
    take: () => {
      if (jobs.size === 0) return undefined
      const priority = Math.max(...jobs.keys())
      const [jobId] = jobs.get(priority) ?? []
      if (jobId !== undefined) remove(jobId, priority)
      return jobId
    },
    isEmpty: () => priorities.size === 0
  }
}
