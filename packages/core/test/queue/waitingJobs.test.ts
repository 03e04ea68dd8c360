import * as fc from "fast-check"
import { expect, test } from "vitest"
import { makeWaitingJobs } from "../../src/queue/waitingJobs.ts"

const calls = fc.array(
  fc.oneof(
    fc.record({ jobId: fc.constantFrom("a", "b", "c", "d", "e"), priority: fc.integer({ min: -2, max: 2 }) }),
    fc.constant("take" as const)
  )
)

test("jobs are taken by priority, then by age, and each once", () => {
  fc.assert(
    fc.property(calls, (given) => {
      const jobs = makeWaitingJobs()
      let model: ReadonlyArray<{ readonly jobId: string; readonly priority: number }> = []
      for (const call of given) {
        if (call === "take") {
          const [first] = model.toSorted((one, other) => other.priority - one.priority)
          expect(jobs.take()).toBe(first?.jobId)
          model = model.filter((job) => job !== first)
        } else {
          const known = model.find(({ jobId }) => jobId === call.jobId)
          // Raised to a greater priority it is the youngest there.
          if (known === undefined || known.priority < call.priority)
            model = [...model.filter((job) => job !== known), call]
          jobs.add(call.jobId, call.priority)
        }
        expect(jobs.isEmpty()).toBe(model.length === 0)
      }
    })
  )
})

test("what is beyond ten thousand is left for workers to find", () => {
  const jobs = makeWaitingJobs()
  for (let index = 0; index < 10_001; index++) jobs.add(`job ${index}`, 0)
  const taken: Array<string> = []
  for (let job = jobs.take(); job !== undefined; job = jobs.take()) taken.push(job)
  expect(taken).toHaveLength(10_000)
  expect(taken[0]).toBe("job 0")
})
