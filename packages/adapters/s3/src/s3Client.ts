import { S3Client } from "@aws-sdk/client-s3"
import { Effect, Redacted, type Scope } from "effect"

/** Who asks; without one the SDK looks where it always does: the environment, profiles, the machine's role. */
export interface S3Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: Redacted.Redacted
  readonly sessionToken?: Redacted.Redacted | undefined
}

/** Which server, and how it is spoken to. */
export interface S3ServerOptions {
  /** Default `AWS_REGION` or the profile's, as the SDK finds it; `"us-east-1"` with an endpoint. */
  readonly region?: string | undefined
  /** The address of a server other than AWS. Default AWS. */
  readonly endpoint?: string | undefined
  /** Names the bucket in the path instead of the host. Default where there is an endpoint. */
  readonly pathStyle?: boolean | undefined
  readonly credentials?: S3Credentials | undefined
}

/** A client that ends with the scope. */
export const s3Client = ({
  credentials,
  endpoint,
  pathStyle = endpoint !== undefined,
  region
}: S3ServerOptions): Effect.Effect<S3Client, never, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.sync(
      () =>
        new S3Client({
          forcePathStyle: pathStyle,
          // A server that is gone is noticed; one that sends slowly is waited for.
          requestHandler: { connectionTimeout: 5_000, socketTimeout: 30_000 },
          ...(region === undefined ? {} : { region }),
          ...(credentials === undefined ? {} : { credentials: plain(credentials) }),
          // Others answer checksums that they do not know with an error, or not at all.
          ...(endpoint === undefined
            ? {}
            : {
                endpoint,
                region: region ?? "us-east-1",
                requestChecksumCalculation: "WHEN_REQUIRED",
                responseChecksumValidation: "WHEN_REQUIRED"
              })
        })
    ),
    (client) => Effect.sync(() => client.destroy())
  )

const plain = ({ accessKeyId, secretAccessKey, sessionToken }: S3Credentials) => ({
  accessKeyId,
  secretAccessKey: Redacted.value(secretAccessKey),
  ...(sessionToken === undefined ? {} : { sessionToken: Redacted.value(sessionToken) })
})
