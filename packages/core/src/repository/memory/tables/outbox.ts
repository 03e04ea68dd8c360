import type { MemoryTable } from "../MemoryTable.ts"

export const outbox: MemoryTable = {
  name: "outbox",
  key: ["id"],
  defaults: (session) => ({
    id: session.nextNumber("outbox"),
    attempts: 0,
    available_at: session.now,
    error: null,
    dead_at: null,
    created_at: session.now
  })
}

export const outboxTopics: MemoryTable = { name: "outbox_topics", key: ["topic"], defaults: () => ({}) }
