/** How often each server is killed: some times among the other tests, 20 times in a run for its figures. */
export const faults: number = process.env.TIMEGRID_CHAOS === "full" ? 20 : 3
