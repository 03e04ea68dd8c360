/** What a server is made of, as its environment says. */
import path from "node:path"
import type { BlobCapability } from "@timegrid/core"
import { Data, Effect, Redacted } from "effect"
import * as z from "zod"
import { isNetwork } from "../http/clientAddress.ts"
import { makeSettings, type Settings } from "./ServerSettings.ts"

/** The environment does not make sense. */
export class ConfigInvalid extends Data.TaggedError("ConfigInvalid")<{
  /** One line that names each variable and what is wrong with it. */
  readonly message: string
}> {
  readonly code = "invalid_config"
}

/** An address with its password, which no message is to repeat. */
const secretUrl = (schemes: ReadonlyArray<string>) =>
  z
    .string()
    .refine(
      (text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)) && URL.canParse(text),
      `It is no URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`
    )
    .transform((text) => Redacted.make(text))
const PostgresUrl = secretUrl(["postgres", "postgresql"])
const RedisUrl = secretUrl(["redis", "rediss"])

/** Values with commas between. */
const listOf = <T extends string>(item: z.ZodType<T, string>) =>
  z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((part) => part.trim())
        .filter((part) => part !== "")
    )
    .pipe(z.array(item))
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text
const Origin = z.string().refine(isOrigin, "It is no origin such as https://school.example, without a path")
const capabilities = [
  "versions",
  "presignedGet",
  "presignedPost",
  "postSizeRange"
] as const satisfies ReadonlyArray<BlobCapability>
const Network = z.string().refine(isNetwork, "It is no address or network such as 10.0.0.0/8")
const Flag = z.stringbool()
const Size = z.coerce.number().int().min(1)

/** The variables that are read; an empty one counts as none. */
const Environment = z.object({
  DATABASE_URL: PostgresUrl.optional(),
  DATABASE_SCHEMA: z.string().min(1).default("public"),
  REDIS_URL: RedisUrl.optional(),
  QUEUE_REDIS_URL: RedisUrl.optional(),
  S3_BUCKET: z.string().min(1).optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().min(1).default("us-east-1"),
  S3_FORCE_PATH_STYLE: Flag.default(false),
  S3_LACKS: listOf(z.enum(capabilities)).default([]),
  TIMESCALE_URL: PostgresUrl.optional(),
  PUBLIC_URL: z.url().optional(),
  CORS_ORIGINS: listOf(Origin).default([]),
  TRUSTED_PROXIES: listOf(Network).default([]),
  REGISTRATION: z.enum(["open", "closed"]).default("open"),
  REVIEW_OWN_DOCUMENTS: Flag.default(false),
  PRIVATE_WEBHOOKS: Flag.default(false),
  CLOUD_PROVIDERS: Flag.default(false),
  LOG_FORMAT: z.enum(["pretty", "json"]).default("json"),
  UPLOADS_PER_HOUR: Size.optional(),
  REQUESTS_PER_HOUR: Size.optional(),
  ANONYMOUS_REQUESTS_PER_HOUR: Size.optional()
})
type Environment = z.output<typeof Environment>

/** The names of the variables that are read, apart from those of providers, OpenTelemetry and the AWS SDK. */
export const environmentNames: ReadonlyArray<string> = Object.keys(Environment.shape)

/** Where objects are kept. */
export interface S3Config {
  readonly bucket: string
  readonly endpoint: string | undefined
  readonly region: string
  readonly forcePathStyle: boolean
  readonly lacks: ReadonlyArray<BlobCapability>
}

/** What a server is made of. */
export interface ServerConfig {
  /** Holds everything that no URL leads elsewhere. */
  readonly dataFolder: string
  readonly databaseUrl: Redacted.Redacted | null
  readonly databaseSchema: string
  readonly redisUrl: Redacted.Redacted | null
  /** Of BullMQ; may be another than that of caches. */
  readonly queueRedisUrl: Redacted.Redacted | null
  readonly s3: S3Config | null
  readonly timescaleUrl: Redacted.Redacted | null
  readonly allowedOrigins: ReadonlyArray<string>
  readonly trustedProxies: ReadonlyArray<string>
  /** For people at a terminal, or one JSON object a line. */
  readonly logFormat: "pretty" | "json"
  /** All variables: providers and OpenTelemetry have names of their own in it. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly settings: Settings
}

/** Reads the variables; fails with one line about all that is wrong. */
export const readConfig = (
  environment: Readonly<Record<string, string | undefined>>,
  dataFolder: string
): Effect.Effect<ServerConfig, ConfigInvalid> => {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== "")
  )
  const parsed = Environment.safeParse(given)
  if (parsed.success) return Effect.succeed(configOf(parsed.data, given, path.resolve(dataFolder)))
  const faults = parsed.error.issues.map(({ message, path: [name] }) => `${String(name)}: ${message}`)
  return Effect.fail(new ConfigInvalid({ message: faults.join("; ") }))
}

const configOf = (environment: Environment, given: ServerConfig["environment"], dataFolder: string): ServerConfig => ({
  dataFolder,
  databaseUrl: environment.DATABASE_URL ?? null,
  databaseSchema: environment.DATABASE_SCHEMA,
  redisUrl: environment.REDIS_URL ?? null,
  queueRedisUrl: environment.QUEUE_REDIS_URL ?? environment.REDIS_URL ?? null,
  s3: s3ConfigOf(environment),
  timescaleUrl: environment.TIMESCALE_URL ?? null,
  allowedOrigins: environment.CORS_ORIGINS,
  trustedProxies: environment.TRUSTED_PROXIES,
  logFormat: environment.LOG_FORMAT,
  environment: given,
  settings: makeSettings({
    registration: environment.REGISTRATION,
    // Over plain http a browser would not send a secure cookie back.
    secureCookies: environment.PUBLIC_URL?.startsWith("https:") ?? false,
    reviewOwnDocuments: environment.REVIEW_OWN_DOCUMENTS,
    privateWebhooks: environment.PRIVATE_WEBHOOKS,
    cloudProviders: environment.CLOUD_PROVIDERS,
    limits: {
      ...(environment.UPLOADS_PER_HOUR !== undefined && { uploads: environment.UPLOADS_PER_HOUR }),
      ...(environment.REQUESTS_PER_HOUR !== undefined && { requests: environment.REQUESTS_PER_HOUR }),
      ...(environment.ANONYMOUS_REQUESTS_PER_HOUR !== undefined && {
        anonymous: environment.ANONYMOUS_REQUESTS_PER_HOUR
      })
    }
  })
})

const s3ConfigOf = (environment: Environment): S3Config | null =>
  environment.S3_BUCKET === undefined
    ? null
    : {
        bucket: environment.S3_BUCKET,
        endpoint: environment.S3_ENDPOINT,
        region: environment.S3_REGION,
        forcePathStyle: environment.S3_FORCE_PATH_STYLE,
        lacks: environment.S3_LACKS
      }
