import { Context, type Duration, type Effect, Layer } from "effect"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import type { Json } from "./JobRecords.ts"
import { makeOutbox } from "./makeOutbox.ts"
import type { OutboxRecords } from "./OutboxRecords.ts"

/** A message on its way. */
export interface OutboxMessage {
  /** Tells a message that comes twice: receivers may remember it. Grows within a topic. */
  readonly id: number
  readonly topic: string
  readonly payload: Json
  /** Attempts that failed so far. */
  readonly attempts: number
  readonly createdAt: string
}

/** A message that was given up. */
export interface DeadMessage extends OutboxMessage {
  readonly deadAt: string
  /** What came of the last attempt. */
  readonly error: string
}

/** How messages are relayed. */
export interface RelayOptions {
  /** Messages that are handed over at a time. Default 100. */
  readonly limit?: number | undefined
  /** A delivery that takes longer has failed. Default 30 seconds. */
  readonly timeout?: Duration.Input | undefined
  /** A message is given up when so many attempts have failed. Default 12: about half an hour. */
  readonly maxAttempts?: number | undefined
  /** The pause after the first failed attempt; doubled with each further one, up to ten minutes. Default 1 second. */
  readonly backoff?: Duration.Input | undefined
}

/** What one round of relaying has done. */
export interface RelayReport {
  readonly delivered: number
  /** Messages that could not be delivered and wait for their next attempt. */
  readonly delayed: number
  /** Messages that were given up. */
  readonly dead: number
}

/**
 * Messages that leave with the transaction that wrote them, and reach their receivers at least once. Those of a topic go
 * one after the other, in the order in which they were written: one that cannot be delivered holds up those behind it
 * until it is delivered or given up. Writers that lock the same row first, as all that write of one job do, are in the
 * order of their transactions. Checked by `outboxContract`.
 */
export class Outbox extends Context.Service<
  Outbox,
  {
    /** Writes a message; within a transaction it is a part of that. */
    readonly publish: (topic: string, payload: Json) => Effect.Effect<void, RepositoryError>
    /**
     * Hands the messages that wait in a topic to `deliver`, until none waits or one has failed. Of several relays at once
     * one works and the others do nothing. A batch that fails is handed over again, message by message, so that one bad
     * message does not take others with it.
     */
    readonly relay: <E, R>(
      topic: string,
      deliver: (messages: ReadonlyArray<OutboxMessage>) => Effect.Effect<void, E, R>,
      options?: RelayOptions
    ) => Effect.Effect<RelayReport, RepositoryError, R>
    /** The messages of a topic, or of all, that were given up, oldest first; at most 100. */
    readonly listDead: (topic?: string) => Effect.Effect<ReadonlyArray<DeadMessage>, RepositoryError>
    /** Lets a message that was given up wait again, in its old place. Whether there was one. */
    readonly revive: (id: number) => Effect.Effect<boolean, RepositoryError>
    /** Removes a message that was given up. Whether there was one. */
    readonly discard: (id: number) => Effect.Effect<boolean, RepositoryError>
  }
>()("@timegrid/core/queue/Outbox") {
  /** Over the records of any store. */
  static readonly layer: Layer.Layer<Outbox, never, OutboxRecords> = Layer.effect(Outbox, makeOutbox)
}
