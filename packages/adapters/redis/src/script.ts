import { createHash } from "node:crypto"
import { Effect } from "effect"
import type { Redis } from "ioredis"
import type { RedisFailure } from "./RedisFailure.ts"

/** A Lua script, which Redis carries out as a whole. */
export interface Script {
  readonly text: string
  readonly hash: string
}

/** Runs a script on its keys, all of one slot. The result is what Lua gave. */
export type ScriptRunner = (
  script: Script,
  keys: ReadonlyArray<string>,
  values: ReadonlyArray<string | number>
) => Effect.Effect<unknown, RedisFailure>

/** Names a script by its hash. */
export const script = (text: string): Script => ({ text, hash: createHash("sha1").update(text).digest("hex") })

/** Sends a script's text only where Redis does not know its hash, as after a restart. */
export const makeScriptRunner =
  (run: <A>(commands: (client: Redis) => Promise<A>) => Effect.Effect<A, RedisFailure>): ScriptRunner =>
  ({ hash, text }, keys, values) => {
    const args = [...keys, ...values]
    return Effect.catch(
      run((client) => client.evalsha(hash, keys.length, ...args)),
      (failure) =>
        failure.cause instanceof Error && failure.cause.message.startsWith("NOSCRIPT")
          ? run((client) => client.eval(text, keys.length, ...args))
          : Effect.fail(failure)
    )
  }
