/** OCR by AWS Textract, its synchronous calls. Used as a namespace: `TextractOcr.layer()`. */
import { AuthenticationFailed, type OcrErrorReason, OcrProvider, RateLimited, UnreadableImage } from "@timegrid/core"
import { AwsV4Signer } from "aws4fetch"
import { Config, Effect, Layer, Option, Redacted } from "effect"
import * as z from "zod"
import { type CloudOcrOptions, defaultMaxAnswerBytes, makeCloudOcr } from "../shared/CloudOcr.ts"
import { decodeJson } from "../shared/decodeJson.ts"
import { failureOf, type HttpAnswer, type HttpRequest, isSuccess, send } from "../shared/http.ts"
import { printable } from "../shared/printable.ts"
import { TextractAnswer, tablesOf, wordsOf } from "./TextractAnswer.ts"

/** Keys of an AWS identity. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: Redacted.Redacted<string>
  /** Of temporary keys. */
  readonly sessionToken?: Redacted.Redacted<string>
}

/** The keys of the moment as AWS's own credential providers give them, such as `fromNodeProviderChain()`. */
export type AwsCredentialProvider = () => PromiseLike<{
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}>

/** What {@link layer} is told. */
export interface TextractOptions extends CloudOcrOptions {
  /** Such as `"eu-west-1"`. */
  readonly region: string
  readonly credentials: AwsCredentials | AwsCredentialProvider
  /** Asks for tables too (`AnalyzeDocument`), at about ten times the price of words alone. Default false. */
  readonly tables?: boolean
  /** Default `https://textract.<region>.amazonaws.com`. */
  readonly endpoint?: string
}

const engine = "textract@2018-06-27"

/** Of an image within a synchronous call (docs.aws.amazon.com/textract/latest/dg/limits-document.html). */
const maxImageBytes = 10 * 1024 * 1024

/** Provides `OcrProvider`: each page image is sent to AWS in the region that is named. */
export const layer = (options: TextractOptions): Layer.Layer<OcrProvider> =>
  Layer.sync(OcrProvider, () => {
    const { region, tables = false } = options
    const url = new URL("/", options.endpoint ?? `https://textract.${region}.amazonaws.com`)
    return makeCloudOcr(
      {
        engine,
        parameters: { tables },
        maxImageBytes,
        hasTables: tables,
        ask: Effect.fnUntraced(function* ({ bytes, page }) {
          const body = JSON.stringify({
            Document: { Bytes: Buffer.from(bytes).toString("base64") },
            ...(tables && { FeatureTypes: ["TABLES"] })
          })
          const request = yield* signed(options, url, tables ? "AnalyzeDocument" : "DetectDocumentText", body)
          const answer = yield* send(request, options.maxAnswerBytes ?? defaultMaxAnswerBytes)
          if (!isSuccess(answer)) return yield* Effect.flatMap(reasonOf(answer), Effect.fail)
          const { Blocks } = yield* decodeJson(answer.body, TextractAnswer)
          return { words: wordsOf(Blocks, page), tables: tables ? tablesOf(Blocks, page) : [] }
        })
      },
      options
    )
  })

/** {@link layer} with options from `Config`. */
export const layerConfig = (
  options: Config.Wrap<Omit<TextractOptions, "credentials"> & { readonly credentials: AwsCredentials }>
): Layer.Layer<OcrProvider, Config.ConfigError> => Layer.unwrap(Effect.map(Config.unwrap(options), layer))

const signed = Effect.fnUntraced(function* (
  { credentials, region }: TextractOptions,
  url: URL,
  operation: string,
  body: string
): Effect.fn.Return<HttpRequest, AuthenticationFailed> {
  const keys = yield* keysOf(credentials)
  const signer = new AwsV4Signer({
    ...keys,
    service: "textract",
    region,
    method: "POST",
    url: url.href,
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `Textract.${operation}` },
    body
  })
  const { headers } = yield* Effect.promise(() => signer.sign())
  return { method: "POST", url, headers: Object.fromEntries(headers), body }
})

const keysOf = (credentials: TextractOptions["credentials"]) => {
  if (typeof credentials === "function")
    return Effect.tryPromise({ try: credentials, catch: (cause) => new AuthenticationFailed({ cause }) })
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  return Effect.succeed({
    accessKeyId,
    secretAccessKey: Redacted.value(secretAccessKey),
    ...(sessionToken !== undefined && { sessionToken: Redacted.value(sessionToken) })
  })
}

/** `Message` in some of the older errors. */
const ErrorAnswer = z.object({
  __type: z.string().default(""),
  message: z.string().optional(),
  Message: z.string().optional()
})

const throttled = ["LimitExceededException", "ProvisionedThroughputExceededException", "ThrottlingException"]

const unauthenticated = [
  "AccessDeniedException",
  "ExpiredTokenException",
  "IncompleteSignatureException",
  "InvalidSignatureException",
  "MissingAuthenticationTokenException",
  "SubscriptionRequiredException",
  "UnrecognizedClientException"
]

const unreadable = ["BadDocumentException", "DocumentTooLargeException", "UnsupportedDocumentException"]

/** AWS answers most failures with status 400, and says what they are by a name. */
const reasonOf = Effect.fnUntraced(function* (answer: HttpAnswer): Effect.fn.Return<OcrErrorReason> {
  const said = Option.getOrNull(yield* Effect.option(decodeJson(answer.body, ErrorAnswer)))
  if (said === null) return yield* failureOf(answer)
  const name = said.__type.split("#").at(-1) ?? ""
  const sentence = printable(`${name}: ${said.message ?? said.Message ?? ""}`)
  const byStatus = yield* failureOf(answer, sentence)
  const { cause } = byStatus
  if (throttled.includes(name)) return byStatus._tag === "RateLimited" ? byStatus : new RateLimited({ cause })
  if (unauthenticated.includes(name)) return new AuthenticationFailed({ cause })
  return unreadable.includes(name) ? new UnreadableImage({ cause }) : byStatus
})
