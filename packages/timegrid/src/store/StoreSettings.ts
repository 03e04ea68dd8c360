import path from "node:path"
import { Redacted } from "effect"

/** A bucket of S3, or of a server that speaks its protocol. */
export interface BucketSettings {
  readonly bucket: string
  readonly endpoint: string | undefined
  readonly region: string | undefined
  /** What its server cannot do, as `BlobStore` calls it. */
  readonly lacks: ReadonlyArray<string>
}

/** Where what Timegrid keeps lies. */
export interface StoreSettings {
  /** Holds whatever lies nowhere else. */
  readonly folder: string
  /** Null for the embedded one in the folder. */
  readonly databaseUrl: Redacted.Redacted | null
  readonly schema: string
  /** Null for files in the folder. */
  readonly bucket: BucketSettings | null
  /** Null for metrics in the database. */
  readonly timescaleUrl: Redacted.Redacted | null
}

/**
 * What the environment says: `DATABASE_URL`, `S3_BUCKET` with `S3_ENDPOINT`, `S3_REGION` and
 * `S3_LACKS`, `TIMESCALE_URL`. Empty is unset. Who asks S3 is for the AWS SDK to find.
 */
export const storeSettings = (
  { folder, schema }: Pick<StoreSettings, "folder" | "schema">,
  environment: NodeJS.ProcessEnv
): StoreSettings => {
  const setting = (name: string) => environment[name] || undefined
  const url = (name: string) => {
    const text = setting(name)
    return text === undefined ? null : Redacted.make(text)
  }
  const bucket = setting("S3_BUCKET")
  return {
    folder: path.resolve(folder),
    databaseUrl: url("DATABASE_URL"),
    schema,
    bucket:
      bucket === undefined
        ? null
        : {
            bucket,
            endpoint: setting("S3_ENDPOINT"),
            region: setting("S3_REGION"),
            lacks: setting("S3_LACKS")?.split(",") ?? []
          },
    timescaleUrl: url("TIMESCALE_URL")
  }
}
