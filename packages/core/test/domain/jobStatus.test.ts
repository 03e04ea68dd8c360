import {
  isLegalStatusChange,
  type JobStatus,
  jobStages,
  jobStatuses,
  legalStatusChanges,
  liveJobStatuses,
  reviewPriorityRanks,
  stageStatuses,
  tierRanks,
  weekdayRanks
} from "@timegrid/core"
import * as fc from "fast-check"
import { expect, test } from "vitest"

const status = fc.constantFrom(...jobStatuses)
const live = fc.constantFrom(...liveJobStatuses)

test("a pending job may become anything live, fail when it is cancelled, and nothing else", () => {
  expect([...legalStatusChanges.pending].sort()).toEqual([...liveJobStatuses, "failed"].sort())
})

test("a live job may be completed, fail, or go to a person", () => {
  fc.assert(
    fc.property(live, (from) => {
      for (const to of ["completed", "failed", "hitl_pending"] as const)
        expect(isLegalStatusChange(from, to)).toBe(true)
      for (const to of ["pending", "hitl_in_progress"] as const) expect(isLegalStatusChange(from, to)).toBe(false)
    })
  )
})

test("a live job goes on to later stages, and from validating back only to a higher tier", () => {
  const order: ReadonlyArray<JobStatus> = ["classifying", "preprocessing", "ocr", "validating"]
  for (const [place, from] of order.entries()) {
    for (const [next, to] of order.entries()) {
      const tierUp = from === "validating" && to === "ocr"
      expect(isLegalStatusChange(from, to), `${from} to ${to}`).toBe(next > place || tierUp)
    }
    expect(isLegalStatusChange(from, "llm_processing")).toBe(true)
  }
  expect(legalStatusChanges.llm_processing.filter((to) => order.includes(to))).toEqual(["validating"])
})

test("a review is taken, given back, completed or failed", () => {
  expect(legalStatusChanges.hitl_pending).toEqual(["hitl_in_progress", "failed"])
  expect(legalStatusChanges.hitl_in_progress).toEqual(["hitl_pending", "completed", "failed"])
})

test("a failed job can only be tried again, a completed one is final, and no status changes to itself", () => {
  fc.assert(
    fc.property(status, (to) => {
      expect(isLegalStatusChange("completed", to)).toBe(false)
      expect(isLegalStatusChange("failed", to)).toBe(to === "pending")
      expect(isLegalStatusChange(to, to)).toBe(false)
    })
  )
})

test("each stage leads to a status that a pending or live job may have", () => {
  expect(jobStages.map((stage) => stageStatuses[stage])).toEqual([
    "classifying",
    "preprocessing",
    "ocr",
    "validating",
    "validating",
    "llm_processing",
    "hitl_pending"
  ])
})

test("weekdays, priorities and tiers sort by meaning, not by letters", () => {
  const byRank = <Value extends string>(ranks: Readonly<Record<Value, number>>, values: Array<Value>) =>
    values.sort((a, b) => ranks[a] - ranks[b])
  expect(byRank(weekdayRanks, ["Friday", "Sunday", "Monday", "Saturday"])).toEqual([
    "Monday",
    "Friday",
    "Saturday",
    "Sunday"
  ])
  expect(byRank(reviewPriorityRanks, ["urgent", "high", "low", "normal"])).toEqual(["low", "normal", "high", "urgent"])
  expect(byRank(tierRanks, ["hitl", "cloud_ocr", "native", "llm", "tesseract"])).toEqual([
    "native",
    "tesseract",
    "cloud_ocr",
    "llm",
    "hitl"
  ])
})
