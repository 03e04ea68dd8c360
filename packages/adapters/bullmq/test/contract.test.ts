import { randomUUID } from "node:crypto"
import { wakeUpsContract } from "@timegrid/testing"
import { describe, inject } from "vitest"
import { BullWakeUps } from "../src/index.ts"

const url = inject("redisUrl")

describe.skipIf(url === null)("on a real Redis", () => {
  wakeUpsContract("BullMQ", BullWakeUps.layer({ url: url ?? "", prefix: `test:${randomUUID()}` }))
})
