/** OCR by Azure AI Document Intelligence, over its REST interface. Used as a namespace: `AzureOcr.layer()`. */
import {
  AuthenticationFailed,
  type OcrErrorReason,
  OcrProvider,
  RequestRejected,
  ResponseMalformed,
  retryAfterMsOf,
  ServiceUnavailable,
  UnreadableImage
} from "@timegrid/core"
import { Clock, Config, Effect, Layer, Option, type Redacted } from "effect"
import { type CloudOcrOptions, defaultMaxAnswerBytes, makeCloudOcr } from "../shared/CloudOcr.ts"
import { decodeJson } from "../shared/decodeJson.ts"
import { failureOf, type HttpAnswer, isSuccess, send } from "../shared/http.ts"
import { printable } from "../shared/printable.ts"
import { reveal, type Secret } from "../shared/Secret.ts"
import { type AnalyzeResult, AzureErrorAnswer, AzureOperation, tablesOf, wordsOf } from "./AzureAnswer.ts"

/** What {@link layer} is told. */
export interface AzureOptions extends CloudOcrOptions {
  /** Of the resource, such as `https://<name>.cognitiveservices.azure.com`. */
  readonly endpoint: string
  /** A key of the resource; or give an `accessToken`. */
  readonly apiKey?: Redacted.Redacted<string>
  /** A token of Microsoft Entra ID, or a function that gets the one of the moment, such as @azure/identity's. */
  readonly accessToken?: Secret
  /** `"prebuilt-layout"` makes out tables (the default); `"prebuilt-read"` only words, for less. */
  readonly model?: "prebuilt-layout" | "prebuilt-read"
  /** The language of the page, such as `"de"`. Default: the service finds out. */
  readonly locale?: string
}

const apiVersion = "2024-11-30"
const engine = `azure-document-intelligence@${apiVersion}`

/** The free tier takes no more; others up to 500 MB. */
const maxImageBytes = 4_000_000

/** How long to wait before asking for a result where the service does not say. */
const defaultPollMs = 1_000

const tooManyRequests = 429

/**
 * Provides `OcrProvider`: each page image is sent to the resource at `endpoint`. Without a key or token every call fails
 * with `AuthenticationFailed`.
 */
export const layer = (options: AzureOptions): Layer.Layer<OcrProvider> =>
  Layer.sync(OcrProvider, () => {
    const { endpoint, locale, maxAnswerBytes = defaultMaxAnswerBytes, model = "prebuilt-layout" } = options
    const analyze = new URL(`/documentintelligence/documentModels/${model}:analyze`, endpoint)
    analyze.searchParams.set("api-version", apiVersion)
    if (locale !== undefined) analyze.searchParams.set("locale", locale)
    return makeCloudOcr(
      {
        engine,
        parameters: { model, ...(locale !== undefined && { locale }) },
        maxImageBytes,
        hasTables: model === "prebuilt-layout",
        ask: Effect.fnUntraced(function* ({ bytes, mediaType, page }) {
          const headers = yield* credentialsOf(options)
          const accepted = yield* send(
            { method: "POST", url: analyze, headers: { ...headers, "content-type": mediaType }, body: bytes },
            maxAnswerBytes
          )
          if (!isSuccess(accepted)) return yield* Effect.flatMap(reasonOf(accepted), Effect.fail)
          const operation = yield* operationUrl(accepted, analyze)
          const result = yield* resultOf(operation, headers, maxAnswerBytes, yield* pauseAfter(accepted))
          return { words: wordsOf(result, page), tables: tablesOf(result, page) }
        })
      },
      options
    )
  })

/** {@link layer} with options from `Config`. */
export const layerConfig = (
  options: Config.Wrap<Omit<AzureOptions, "accessToken">>
): Layer.Layer<OcrProvider, Config.ConfigError> => Layer.unwrap(Effect.map(Config.unwrap(options), layer))

const credentialsOf = Effect.fnUntraced(function* ({
  accessToken,
  apiKey
}: AzureOptions): Effect.fn.Return<Record<string, string>, AuthenticationFailed> {
  if (accessToken !== undefined) return { authorization: `Bearer ${yield* reveal(accessToken)}` }
  if (apiKey !== undefined) return { "ocp-apim-subscription-key": yield* reveal(apiKey) }
  return yield* Effect.fail(new AuthenticationFailed({ cause: "neither an apiKey nor an accessToken was given" }))
})

/** Where the result will be; only at the very place that was asked, since the key is sent there. */
const operationUrl = (answer: HttpAnswer, asked: URL): Effect.Effect<URL, ResponseMalformed> => {
  const url = URL.parse(answer.header("operation-location") ?? "")
  return url?.origin === asked.origin
    ? Effect.succeed(url)
    : Effect.fail(new ResponseMalformed({ cause: "no Operation-Location at the endpoint that was asked" }))
}

const pauseAfter = (answer: HttpAnswer): Effect.Effect<number> =>
  Effect.map(Clock.currentTimeMillis, (nowMs) => retryAfterMsOf(answer.header("retry-after"), nowMs) ?? defaultPollMs)

/** Asks until there is a result, as slowly as the service wants. */
const resultOf = Effect.fnUntraced(function* (
  url: URL,
  headers: Readonly<Record<string, string>>,
  maxAnswerBytes: number,
  firstPauseMs: number
): Effect.fn.Return<AnalyzeResult, OcrErrorReason> {
  for (let pauseMs = firstPauseMs; ; ) {
    yield* Effect.sleep(pauseMs)
    const answer = yield* send({ method: "GET", url, headers }, maxAnswerBytes)
    // The analysis is under way, and paid for, all the same: only the asking is to slow down.
    if (answer.status === tooManyRequests) {
      pauseMs = yield* pauseAfter(answer)
      continue
    }
    if (!isSuccess(answer)) return yield* Effect.flatMap(reasonOf(answer), Effect.fail)
    const operation = yield* decodeJson(answer.body, AzureOperation)
    switch (operation.status) {
      case "succeeded":
        return operation.analyzeResult
      case "failed":
      case "canceled":
        return yield* Effect.fail(failureOfOperation(operation.error))
      default:
        pauseMs = yield* pauseAfter(answer)
    }
  }
})

const unreadable = [
  "InvalidContent",
  "InvalidContentDimensions",
  "InvalidContentLength",
  "InvalidImage",
  "UnsupportedContent"
]

type AzureError = AzureErrorAnswer["error"]

const isUnreadable = ({ code, innererror }: AzureError): boolean =>
  unreadable.some((each) => each === code || each === innererror?.code)

const sentenceOf = ({ code, innererror, message }: AzureError): string =>
  printable([code, innererror?.code, innererror?.message ?? message].filter(Boolean).join(": "))

const reasonOf = Effect.fnUntraced(function* (answer: HttpAnswer): Effect.fn.Return<OcrErrorReason> {
  const said = Option.getOrNull(yield* Effect.option(decodeJson(answer.body, AzureErrorAnswer)))
  if (said === null) return yield* failureOf(answer)
  const byStatus = yield* failureOf(answer, sentenceOf(said.error))
  return isUnreadable(said.error) ? new UnreadableImage({ cause: byStatus.cause }) : byStatus
})

const failureOfOperation = (error: AzureError): OcrErrorReason => {
  const cause = new Error(sentenceOf(error))
  if (isUnreadable(error)) return new UnreadableImage({ cause })
  return error.code === "InternalServerError" ? new ServiceUnavailable({ cause }) : new RequestRejected({ cause })
}
