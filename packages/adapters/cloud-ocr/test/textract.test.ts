import { assert, describe, it } from "@effect/vitest"
import { OcrProvider, recognizeTables } from "@timegrid/core"
import { lineOfText } from "@timegrid/testing"
import { Config, ConfigProvider, Effect } from "effect"
import { TextractOcr } from "../src/textract/index.ts"
import { json } from "./servers/loopback.ts"
import { textract } from "./servers/textract.ts"
import { rightKey, serve } from "./servers/Vendor.ts"

const read = OcrProvider.use((ocr) => ocr.recognize(lineOfText.image))

describe("TextractOcr", () => {
  it.live.each([
    ["ThrottlingException", "RateLimited"],
    ["ProvisionedThroughputExceededException", "RateLimited"],
    ["AccessDeniedException", "AuthenticationFailed"],
    ["ExpiredTokenException", "AuthenticationFailed"],
    ["UnsupportedDocumentException", "UnreadableImage"],
    ["BadDocumentException", "UnreadableImage"],
    ["InvalidParameterException", "RequestRejected"]
  ] as const)("takes %s with status 400 for %s", ([name, tag]) =>
    Effect.gen(function* () {
      const { url } = yield* serve(textract, {
        instead: () => json(400, { __type: `com.amazonaws.textract#${name}`, Message: "no" })
      })
      const error = yield* read.pipe(Effect.provide(textract.layer(url)), Effect.flip)
      assert.strictEqual(error.reason._tag, tag)
      assert.include(error.message, `${name}: no`)
    })
  )

  it.live("asks for words alone unless it is told to ask for tables", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* serve(textract)
      const layer = TextractOcr.layer({
        endpoint: url,
        region: "eu-west-1",
        credentials: () => Promise.resolve({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: rightKey })
      })
      assert.lengthOf(yield* Effect.provide(read, layer), lineOfText.words.length)
      assert.strictEqual(requests[0]?.headers["x-amz-target"], "Textract.DetectDocumentText")
      const error = yield* OcrProvider.use((ocr) => recognizeTables(ocr, lineOfText.image)).pipe(
        Effect.provide(layer),
        Effect.flip
      )
      assert.strictEqual(error.reason._tag, "CapabilityMissing")
    })
  )

  it.live("signs the token of temporary keys, and says where there are no keys", () =>
    Effect.gen(function* () {
      const { requests, url } = yield* serve(textract)
      const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: rightKey, sessionToken: "for an hour" }
      const asking = (credentials: TextractOcr.AwsCredentialProvider) =>
        read.pipe(Effect.provide(TextractOcr.layer({ endpoint: url, region: "eu-west-1", credentials })))
      assert.lengthOf(yield* asking(() => Promise.resolve(keys)), lineOfText.words.length)
      assert.strictEqual(requests[0]?.headers["x-amz-security-token"], "for an hour")
      assert.include(String(requests[0]?.headers.authorization), "x-amz-security-token")
      const error = yield* Effect.flip(asking(() => Promise.reject(new Error("no keys"))))
      assert.deepStrictEqual([error.reason._tag, requests.length], ["AuthenticationFailed", 1])
    })
  )

  it.live("lets a merged cell stand for those that it is made of", () =>
    Effect.gen(function* () {
      const geometryOf = (Left: number, Top: number, Width: number, Height: number) => ({
        BoundingBox: { Left, Top, Width, Height },
        Polygon: [
          { X: Left, Y: Top },
          { X: Left + Width, Y: Top },
          { X: Left + Width, Y: Top + Height },
          { X: Left, Y: Top + Height }
        ]
      })
      const cell = (Id: string, RowIndex: number, ColumnIndex: number) => ({
        ...{ BlockType: "CELL", Id, RowIndex, ColumnIndex, RowSpan: 1, ColumnSpan: 1 },
        Geometry: geometryOf((ColumnIndex - 1) / 2, (RowIndex - 1) / 2, 0.5, 0.5)
      })
      const Blocks = [
        {
          BlockType: "TABLE",
          Id: "t",
          Relationships: [
            { Type: "CHILD", Ids: ["a", "b", "c", "d"] },
            { Type: "MERGED_CELL", Ids: ["m"] }
          ]
        },
        ...[cell("a", 1, 1), cell("b", 1, 2), cell("c", 2, 1), cell("d", 2, 2)],
        {
          ...{ BlockType: "MERGED_CELL", Id: "m", RowIndex: 1, ColumnIndex: 1, RowSpan: 1, ColumnSpan: 2 },
          Geometry: geometryOf(0, 0, 1, 0.5),
          Relationships: [{ Type: "CHILD", Ids: ["a", "b"] }]
        }
      ]
      const { url } = yield* serve(textract, { instead: () => json(200, { Blocks }) })
      const page = yield* OcrProvider.use((ocr) => recognizeTables(ocr, lineOfText.image)).pipe(
        Effect.provide(textract.layer(url))
      )
      const { heightPx, widthPx } = lineOfText.image
      assert.deepStrictEqual(
        page.tables[0]?.cells.map(({ box, ...place }) => [...Object.values(place), box.width, box.height]),
        [
          [0, 0, 1, 2, widthPx, heightPx / 2],
          [1, 0, 1, 1, widthPx / 2, heightPx / 2],
          [1, 1, 1, 1, widthPx / 2, heightPx / 2]
        ]
      )
    })
  )

  it.live("is configured from the environment as from values", () =>
    Effect.gen(function* () {
      const { url } = yield* serve(textract)
      const layer = TextractOcr.layerConfig({
        region: Config.succeed("eu-west-1"),
        endpoint: Config.String("ENDPOINT"),
        credentials: { accessKeyId: Config.String("KEY_ID"), secretAccessKey: Config.Redacted("SECRET") }
      })
      const environment = ConfigProvider.fromEnv({
        env: { ENDPOINT: url, KEY_ID: "AKIDEXAMPLE", SECRET: rightKey }
      })
      const words = yield* read.pipe(
        Effect.provide(layer),
        Effect.provideService(ConfigProvider.ConfigProvider, environment)
      )
      assert.lengthOf(words, lineOfText.words.length)
    })
  )
})
