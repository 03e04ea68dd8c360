import { Context, type Duration, type Effect, type Option } from "effect"
import type { RepositoryError } from "../repository/RepositoryError.ts"
import type { Json } from "./JobRecords.ts"
import type { DeadMessage, OutboxMessage } from "./Outbox.ts"

/** What `Outbox` asks of a store. */
export class OutboxRecords extends Context.Service<
  OutboxRecords,
  {
    readonly insert: (topic: string, payload: Json) => Effect.Effect<void, RepositoryError>
    /** The right to relay a topic, unless someone has it: its token. */
    readonly takeTopic: (
      topic: string,
      leaseFor: Duration.Duration
    ) => Effect.Effect<Option.Option<number>, RepositoryError>
    /** Has the right last until `leaseFor` from now. Whether it was still held. */
    readonly keepTopic: (
      topic: string,
      token: number,
      leaseFor: Duration.Duration
    ) => Effect.Effect<boolean, RepositoryError>
    /** Gives the right back, if it is still held. */
    readonly leaveTopic: (topic: string, token: number) => Effect.Effect<void, RepositoryError>
    /** The first messages of a topic by id; none while the first of them waits for its next attempt. */
    readonly waiting: (topic: string, limit: number) => Effect.Effect<ReadonlyArray<OutboxMessage>, RepositoryError>
    readonly remove: (ids: ReadonlyArray<number>) => Effect.Effect<void, RepositoryError>
    /** Counts a failed attempt; the message waits for `delay`, or is dead for null. */
    readonly postpone: (
      id: number,
      error: string,
      delay: Duration.Duration | null
    ) => Effect.Effect<void, RepositoryError>
    readonly listDead: (
      topic: string | undefined,
      limit: number
    ) => Effect.Effect<ReadonlyArray<DeadMessage>, RepositoryError>
    readonly revive: (id: number) => Effect.Effect<boolean, RepositoryError>
    readonly discard: (id: number) => Effect.Effect<boolean, RepositoryError>
  }
>()("@timegrid/core/queue/OutboxRecords") {}
