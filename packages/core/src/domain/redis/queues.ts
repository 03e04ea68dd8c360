import type { JobStage } from "../jobStatus.ts"

/** Names of the queues: the seed's three, and ours for its other stages and for messages to people. */
export const queueNames = [
  "classification-queue",
  "preprocessing-queue",
  "ocr-queue",
  "llm-queue",
  "validation-queue",
  "notification-queue"
] as const

/** One of {@link queueNames}. */
export type QueueName = (typeof queueNames)[number]

/** The lists and sets that BullMQ keeps for a queue. */
export type QueueKeyType = "wait" | "active" | "completed" | "failed" | "delayed"

/** `bull:{queueName}:{type}`; BullMQ writes these keys, we only look at them. */
export const queueKey = (queueName: QueueName, type: QueueKeyType): string => `bull:${queueName}:${type}`

/** Where a job waits for a worker of a stage; null: no worker, a person's answer moves it on. */
export const stageQueues: Readonly<Record<JobStage, QueueName | null>> = {
  classification: "classification-queue",
  preprocessing: "preprocessing-queue",
  ocr: "ocr-queue",
  interpretation: "validation-queue",
  validation: "validation-queue",
  llm: "llm-queue",
  review: null
}
