import { Data } from "effect"

/** Redis could not be reached, did not answer in time, or refused a command. */
export class RedisFailure extends Data.TaggedError("RedisFailure")<{ readonly cause: unknown }> {
  /** Redis was reached and said no: no permission, no memory. */
  get isRefusal() {
    return (
      this.cause instanceof Error && /^(OOM|NOPERM|NOAUTH|WRONGPASS|READONLY|WRONGTYPE|ERR) /.test(this.cause.message)
    )
  }
}
