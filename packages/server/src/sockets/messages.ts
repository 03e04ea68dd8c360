import { JobEvent } from "@timegrid/core/queue"
import * as z from "zod"
import { ProblemCode } from "../contract/problems.ts"

/** What a client says over `/ws`. */
export const ClientMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("subscribe"), jobId: z.guid() }),
  z.strictObject({ type: z.literal("unsubscribe"), jobId: z.guid() }),
  z.strictObject({ type: z.literal("ping") })
])
export type ClientMessage = z.output<typeof ClientMessage>

/** What the server says over `/ws`: events of jobs, and answers. */
export const ServerMessage = z.union([
  JobEvent,
  z.object({ type: z.literal("subscribed"), jobId: z.guid() }),
  z.object({ type: z.literal("unsubscribed"), jobId: z.guid() }),
  z.object({ type: z.literal("pong") }),
  z.object({ type: z.literal("error"), code: ProblemCode, jobId: z.guid().nullable(), message: z.string() })
])
export type ServerMessage = z.output<typeof ServerMessage>
