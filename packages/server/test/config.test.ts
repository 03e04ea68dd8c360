import { Effect, Redacted } from "effect"
import { assert, describe, it } from "vitest"
import { readConfig } from "../src/index.ts"

const faultOf = (environment: Readonly<Record<string, string>>) =>
  Effect.runSync(Effect.flip(readConfig(environment, "data"))).message

describe("the environment", () => {
  it.each([
    ["DATABASE_URL", "school"],
    ["DATABASE_URL", "mysql://localhost/school"],
    ["TIMESCALE_URL", "http://localhost"],
    ["REDIS_URL", "localhost:6379"],
    ["QUEUE_REDIS_URL", "postgres://localhost"],
    ["TRUSTED_PROXIES", "10.0.0.0/8, proxy"],
    ["TRUSTED_PROXIES", "10.0.0.0/99"],
    ["CORS_ORIGINS", "school.example"],
    ["CORS_ORIGINS", "https://school.example/timetables"],
    ["S3_LACKS", "version"]
  ])("whose %s is %s is refused by the name of the variable", (name, value) => {
    assert.match(faultOf({ [name]: value }), new RegExp(`^${name}: .+$`))
  })

  it("is never repeated with its passwords where it is refused", () => {
    assert.notInclude(faultOf({ DATABASE_URL: "mysql://timegrid:secret@localhost/school" }), "secret")
  })

  it("is taken with all forms of addresses, networks and origins", () => {
    const environment = {
      DATABASE_URL: "postgresql:///school?host=/var/run/postgresql",
      REDIS_URL: "rediss://:secret@redis.example:6380/1",
      TRUSTED_PROXIES: "10.0.0.0/8, 192.0.2.1,2001:db8::/32,::1",
      CORS_ORIGINS: "https://school.example, http://localhost:5173",
      S3_BUCKET: "school",
      S3_LACKS: "versions,postSizeRange"
    }
    const config = Effect.runSync(readConfig(environment, "data"))
    const { allowedOrigins, databaseUrl, s3, trustedProxies } = config
    assert.strictEqual(databaseUrl && Redacted.value(databaseUrl), environment.DATABASE_URL)
    assert.deepStrictEqual(trustedProxies, ["10.0.0.0/8", "192.0.2.1", "2001:db8::/32", "::1"])
    assert.deepStrictEqual(allowedOrigins, ["https://school.example", "http://localhost:5173"])
    assert.deepStrictEqual(s3?.lacks, ["versions", "postSizeRange"])
  })
})
