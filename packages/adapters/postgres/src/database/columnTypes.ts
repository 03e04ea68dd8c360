/** How columns come out of the driver: as the rows of @timegrid/core have them, where its own choice is another. */
import { PgTypes } from "@effect/sql-pg"
import { Result } from "effect"

const secondMicros = 1_000_000n

const readInt64 = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0)

const writeInt64 = (value: bigint) => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigInt64(0, value)
  return bytes
}

const twoDigits = (value: number) => String(value).padStart(2, "0")

/** `TIME`: `"HH:MM:SS"`, as it is written in SQL; what a column holds below a second is cut. */
const time: PgTypes.Codec<string> = {
  decode: (bytes) => {
    const seconds = Number(readInt64(bytes) / secondMicros)
    const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    return Result.succeed(parts.map(twoDigits).join(":"))
  },
  encode: (text) => {
    const [, hours, minutes, seconds = "0"] = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(text) ?? []
    if (hours === undefined || minutes === undefined) {
      return Result.fail(new PgTypes.CodecError({ message: `${text} is no time of day` }))
    }
    const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
    return Result.succeed(writeInt64(BigInt(whole) * secondMicros))
  }
}

/** `BIGINT` and counts: a number. Ours stay below 2^53; one that does not is refused rather than rounded. */
const int8: PgTypes.Codec<number | bigint> = {
  decode: (bytes) => {
    const value = Number(readInt64(bytes))
    if (Number.isSafeInteger(value)) return Result.succeed(value)
    return Result.fail(new PgTypes.CodecError({ message: `${readInt64(bytes)} is beyond the safe integers` }))
  },
  encode: (value) => Result.succeed(writeInt64(BigInt(value)))
}

/** `NUMERIC`: a number. Ours are percentages with two decimals, and averages. */
const numeric: PgTypes.Codec<number | string> = {
  decode: (bytes) => Result.map(PgTypes.decode(bytes, PgTypes.OID.numeric, 1), Number),
  encode: (value) => PgTypes.encode(String(value), PgTypes.OID.numeric)
}

const millisecondMicros = 1000n
/** From 1970, which moments count from, to 2000, which Postgres does. */
const epochMs = Date.UTC(2000, 0, 1)

const floored = (micros: bigint) => (micros < 0n ? micros - (millisecondMicros - 1n) : micros) / millisecondMicros

/** `TIMESTAMPTZ`: a `Date`. The driver's own codec counts in doubles, which are a millisecond off from the year 2255. */
const timestamptz: PgTypes.Codec<Date> = {
  decode: (bytes) => Result.succeed(new Date(Number(floored(readInt64(bytes))) + epochMs)),
  encode: (moment) => {
    const milliseconds = moment.getTime() - epochMs
    if (Number.isNaN(milliseconds)) return Result.fail(new PgTypes.CodecError({ message: "The Date is none" }))
    return Result.succeed(writeInt64(BigInt(milliseconds) * millisecondMicros))
  }
}

/** The codecs of a client; DATE is a text and JSONB a value without our doing. */
export const columnTypes = (): PgTypes.Registry => {
  const registry = PgTypes.makeRegistry()
  registry.register(PgTypes.OID.time, time, { arrayOid: PgTypes.OID.timeArray })
  registry.register(PgTypes.OID.int8, int8, { arrayOid: PgTypes.OID.int8Array })
  registry.register(PgTypes.OID.timestamptz, timestamptz, { arrayOid: PgTypes.OID.timestamptzArray })
  registry.register(PgTypes.OID.numeric, numeric, { arrayOid: PgTypes.OID.numericArray })
  return registry
}
