/** OCR by Google Cloud Vision, `images:annotate` of its REST interface. Used as a namespace: `GoogleVisionOcr.layer()`. */
import {
  AuthenticationFailed,
  type OcrErrorReason,
  OcrProvider,
  RateLimited,
  RequestRejected,
  ServiceTimedOut,
  ServiceUnavailable,
  UnreadableImage
} from "@timegrid/core"
import { Config, Effect, Layer, type Redacted } from "effect"
import { type CloudOcrOptions, defaultMaxAnswerBytes, makeCloudOcr, type SentImage } from "../shared/CloudOcr.ts"
import { decodeJson } from "../shared/decodeJson.ts"
import { failureOf, isSuccess, send } from "../shared/http.ts"
import { printable } from "../shared/printable.ts"
import { reveal, type Secret } from "../shared/Secret.ts"
import { VisionAnswer, type VisionStatus, wordsOf } from "./VisionAnswer.ts"

/** What {@link layer} is told. */
export interface GoogleVisionOptions extends CloudOcrOptions {
  /** A key of the project; or give an `accessToken`. */
  readonly apiKey?: Redacted.Redacted<string>
  /** An OAuth token, or a function that gets the one of the moment, such as google-auth-library's. */
  readonly accessToken?: Secret
  /** Languages of the page as BCP 47 tags, which help where the service guesses wrong. Default: it finds out. */
  readonly languages?: ReadonlyArray<string>
  /** Default `https://vision.googleapis.com`; for one region `https://eu-vision.googleapis.com`. */
  readonly endpoint?: string
}

const engine = "google-vision@v1"

/** A request has at most 10 MB, images in it as base64 (cloud.google.com/vision/quotas). */
const maxImageBytes = 7_000_000

/**
 * Provides `OcrProvider`: each page image is sent to Google. Makes out no tables. Without a key or token every call
 * fails with `AuthenticationFailed`.
 */
export const layer = (options: GoogleVisionOptions): Layer.Layer<OcrProvider> =>
  Layer.sync(OcrProvider, () => {
    const { endpoint = "https://vision.googleapis.com", languages = [] } = options
    return makeCloudOcr(
      {
        engine,
        parameters: { languages: languages.join() },
        maxImageBytes,
        hasTables: false,
        ask: Effect.fnUntraced(function* (image) {
          const answer = yield* send(
            {
              method: "POST",
              url: new URL("/v1/images:annotate", endpoint),
              headers: { "content-type": "application/json", ...(yield* credentialsOf(options)) },
              body: requestOf(image, languages)
            },
            options.maxAnswerBytes ?? defaultMaxAnswerBytes
          )
          if (!isSuccess(answer)) return yield* Effect.flatMap(failureOf(answer), Effect.fail)
          const { responses } = yield* decodeJson(answer.body, VisionAnswer)
          const [{ error, fullTextAnnotation }] = responses
          if (error !== undefined) return yield* Effect.fail(reasonOf(error))
          return { words: wordsOf(fullTextAnnotation?.pages ?? [], image.page), tables: [] }
        })
      },
      options
    )
  })

/** {@link layer} with options from `Config`. */
export const layerConfig = (
  options: Config.Wrap<Omit<GoogleVisionOptions, "accessToken">>
): Layer.Layer<OcrProvider, Config.ConfigError> => Layer.unwrap(Effect.map(Config.unwrap(options), layer))

const credentialsOf = Effect.fnUntraced(function* ({
  accessToken,
  apiKey
}: GoogleVisionOptions): Effect.fn.Return<Record<string, string>, AuthenticationFailed> {
  if (accessToken !== undefined) return { authorization: `Bearer ${yield* reveal(accessToken)}` }
  if (apiKey !== undefined) return { "x-goog-api-key": yield* reveal(apiKey) }
  return yield* Effect.fail(new AuthenticationFailed({ cause: "neither an apiKey nor an accessToken was given" }))
})

const requestOf = ({ bytes }: SentImage, languages: ReadonlyArray<string>): string =>
  JSON.stringify({
    requests: [
      {
        image: { content: Buffer.from(bytes).toString("base64") },
        features: [{ type: "DOCUMENT_TEXT_DETECTION" }],
        ...(languages.length > 0 && { imageContext: { languageHints: languages } })
      }
    ]
  })

/** What went wrong with the one image of a request that did well as such (google.rpc.Code). */
const reasonOf = ({ code, message }: VisionStatus): OcrErrorReason => {
  const cause = new Error(`status ${code}: ${printable(message)}`)
  switch (code) {
    case 3:
      return new UnreadableImage({ cause })
    case 4:
      return new ServiceTimedOut({ cause })
    case 7:
    case 16:
      return new AuthenticationFailed({ cause })
    case 8:
      return new RateLimited({ cause })
    case 2:
    case 10:
    case 13:
    case 14:
    case 15:
      return new ServiceUnavailable({ cause })
    default:
      return new RequestRejected({ cause })
  }
}
