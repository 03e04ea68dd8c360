/** OCR by an engine of one's own behind `POST /ocr`. Used as a namespace: `HttpOcr.layer()`. */
import { OcrProvider } from "@timegrid/core"
import { Config, Effect, Layer } from "effect"
import { type CloudOcrOptions, defaultMaxAnswerBytes, makeCloudOcr } from "../shared/CloudOcr.ts"
import { decodeJson } from "../shared/decodeJson.ts"
import { failureOf, isSuccess, send } from "../shared/http.ts"
import { reveal, type Secret } from "../shared/Secret.ts"
import { OcrAnswer, tablesOf, wordsOf } from "./OcrAnswer.ts"

/** What {@link layer} is told. */
export interface HttpOcrOptions extends CloudOcrOptions {
  /** Where images are posted, such as `http://localhost:8080/ocr`. */
  readonly url: string
  /**
   * Recorded with every result and part of the key of a cache: name the engine and its version, such as
   * `"paddleocr@3.2"`. Default `"http"`.
   */
  readonly engine?: string
  /** Sent as `Authorization: Bearer …`. */
  readonly token?: Secret
  /** Whether the engine answers with tables. Default false: those that it sends are passed over. */
  readonly tables?: boolean
  /** `"crop"` for an engine that reads single lines best. Default `"page"`. */
  readonly granularity?: "crop" | "page"
  /** Larger images are sent as JPEG. Default 20 MiB. */
  readonly maxImageBytes?: number
}

/**
 * Provides `OcrProvider`: each image is posted as PNG or JPEG to `url`, with `?layout=page`, `block` or `line`; the answer
 * is an {@link OcrAnswer} in JSON.
 */
export const layer = (options: HttpOcrOptions): Layer.Layer<OcrProvider> =>
  Layer.sync(OcrProvider, () => {
    const { engine = "http", granularity = "page", tables = false, token } = options
    const address = new URL(options.url)
    return makeCloudOcr(
      {
        engine,
        granularity,
        parameters: { tables },
        maxImageBytes: options.maxImageBytes ?? 20 * 1024 * 1024,
        hasTables: tables,
        ask: Effect.fnUntraced(function* ({ bytes, mediaType }, { layout = "page" }) {
          const url = new URL(address)
          url.searchParams.set("layout", layout)
          const headers = {
            accept: "application/json",
            "content-type": mediaType,
            ...(token !== undefined && { authorization: `Bearer ${yield* reveal(token)}` })
          }
          const answer = yield* send(
            { method: "POST", url, headers, body: bytes },
            options.maxAnswerBytes ?? defaultMaxAnswerBytes
          )
          if (!isSuccess(answer)) return yield* Effect.flatMap(failureOf(answer), Effect.fail)
          const page = yield* decodeJson(answer.body, OcrAnswer)
          return { words: wordsOf(page), tables: tables ? tablesOf(page) : [] }
        })
      },
      options
    )
  })

/** {@link layer} with options from `Config`. */
export const layerConfig = (options: Config.Wrap<HttpOcrOptions>): Layer.Layer<OcrProvider, Config.ConfigError> =>
  Layer.unwrap(Effect.map(Config.unwrap(options), layer))
