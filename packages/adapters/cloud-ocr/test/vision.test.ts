import { assert, describe, it } from "@effect/vitest"
import { OcrProvider } from "@timegrid/core"
import { lineOfText } from "@timegrid/testing"
import { Config, ConfigProvider, Effect, Redacted } from "effect"
import { GoogleVisionOcr } from "../src/google-vision/index.ts"
import { json } from "./servers/loopback.ts"
import { rightKey, serve } from "./servers/Vendor.ts"
import { vision } from "./servers/vision.ts"

const { image } = lineOfText
const read = OcrProvider.use((ocr) => ocr.recognize(image))

type Break = "SPACE" | "HYPHEN" | "prefix" | null

/** A word of an answer: its text, from where to where it goes, and how it ends or begins. */
const wordOf = (text: string, from: number, to: number, ends: Break) => {
  const vertices = [{ x: from }, { x: to }, { x: to, y: 20 }, { x: from, y: 20 }]
  const detectedBreak = ends === "prefix" ? { type: "SPACE", isPrefix: true } : { type: ends }
  const at = ends === "prefix" ? 0 : text.length - 1
  const symbols = [...text].map((letter, i) => ({
    text: letter,
    ...(ends !== null && i === at && { property: { detectedBreak } })
  }))
  return { boundingBox: { vertices }, confidence: 0.9, symbols }
}

const answering = (words: ReadonlyArray<unknown>, size = {}) =>
  serve(vision, {
    instead: () =>
      json(200, {
        responses: [{ fullTextAnnotation: { pages: [{ ...size, blocks: [{ paragraphs: [{ words }] }] }] } }]
      })
  })

describe("GoogleVisionOcr", () => {
  it.live("puts together what the service took apart", () =>
    Effect.gen(function* () {
      const { url } = yield* answering([
        wordOf("9", 10, 20, null),
        wordOf(":", 20, 24, null),
        wordOf("30", 24, 44, "SPACE"),
        wordOf("Ma", 50, 70, "HYPHEN"),
        wordOf("ths", 80, 100, null),
        wordOf("Art", 110, 140, "prefix")
      ])
      const words = yield* Effect.provide(read, vision.layer(url))
      assert.deepStrictEqual(
        words.map(({ box, text }) => [text, box.x, box.width, box.y, box.height]),
        [
          ["9:30", 10, 34, 0, 20],
          ["Ma-", 50, 20, 0, 20],
          ["ths", 80, 20, 0, 20],
          ["Art", 110, 30, 0, 20]
        ]
      )
    })
  )

  it.live("takes boxes for pixels of what the service looked at", () =>
    Effect.gen(function* () {
      const half = { width: image.widthPx / 2, height: image.heightPx / 2 }
      const { url } = yield* answering([wordOf("Art", 10, 50, "SPACE")], half)
      const [word] = yield* Effect.provide(read, vision.layer(url))
      assert.deepStrictEqual(word?.box, { x: 20, y: 0, width: 80, height: 40 })
    })
  )

  it.live.each([
    [3, "UnreadableImage"],
    [4, "ServiceTimedOut"],
    [7, "AuthenticationFailed"],
    [8, "RateLimited"],
    [14, "ServiceUnavailable"],
    [9, "RequestRejected"]
  ] as const)("takes status %s of an image for %s, though the request did well", ([code, tag]) =>
    Effect.gen(function* () {
      const { url } = yield* serve(vision, {
        instead: () => json(200, { responses: [{ error: { code, message: "no such luck" } }] })
      })
      const error = yield* read.pipe(Effect.provide(vision.layer(url)), Effect.flip)
      assert.strictEqual(error.reason._tag, tag)
      assert.include(error.message, "no such luck")
    })
  )

  it.live("tells the service the languages of the page", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* serve(vision)
      const layer = GoogleVisionOcr.layer({
        endpoint: url,
        apiKey: Redacted.make(rightKey),
        languages: ["fr", "en"]
      })
      const { parameters } = yield* Effect.provide(OcrProvider, layer)
      assert.deepStrictEqual(parameters, { languages: "fr,en" })
      yield* Effect.provide(read, layer)
      const body = JSON.parse(String(requests[0]?.body))
      assert.deepStrictEqual(body.requests[0].imageContext, { languageHints: ["fr", "en"] })
    })
  )

  it.live("is configured from the environment as from values", () =>
    Effect.gen(function* () {
      const { url } = yield* serve(vision)
      const layer = GoogleVisionOcr.layerConfig({
        endpoint: Config.succeed(url),
        apiKey: Config.Redacted("VISION_KEY")
      })
      const environment = ConfigProvider.fromEnv({ env: { VISION_KEY: rightKey } })
      const words = yield* read.pipe(
        Effect.provide(layer),
        Effect.provideService(ConfigProvider.ConfigProvider, environment)
      )
      assert.lengthOf(words, lineOfText.words.length)
    })
  )
})
