import { createHash, createHmac } from "node:crypto"
import type { ReceivedRequest } from "@timegrid/testing/loopback"
import { Redacted } from "effect"
import * as z from "zod"
import { boxOf, type Polygon, polygonOf, spanning } from "../../src/shared/Polygon.ts"
import { TextractOcr } from "../../src/textract/index.ts"
import { json } from "./loopback.ts"
import type { MadePage } from "./MadePage.ts"
import { rightKey, type Vendor } from "./Vendor.ts"

const region = "eu-west-1"
const accessKeyId = "AKIDEXAMPLE"

const questions = {
  "Textract.DetectDocumentText": z.strictObject({ Document: z.strictObject({ Bytes: z.base64() }) }),
  "Textract.AnalyzeDocument": z.strictObject({
    Document: z.strictObject({ Bytes: z.base64() }),
    FeatureTypes: z.tuple([z.literal("TABLES")])
  })
}

const names: Readonly<Record<number, string>> = {
  401: "UnrecognizedClientException",
  403: "AccessDeniedException",
  429: "ThrottlingException",
  500: "InternalServerError"
}

const failure = (status: number) => ({
  __type: `com.amazonaws.textract#${names[status] ?? "ServiceUnavailableException"}`,
  message: `The loopback service says ${status}`
})

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex")
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest()

/** Whether the request was signed with the right key (AWS Signature Version 4, as its guide describes it). */
const isSigned = ({ body, headers, method, url }: ReceivedRequest): boolean => {
  const authorization =
    /^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)\/(?<scope>[^,]+), ?SignedHeaders=(?<names>[^,]+), ?Signature=(?<signature>\w+)$/
  const { key, names = "", scope = "", signature } = authorization.exec(String(headers.authorization))?.groups ?? {}
  const [day = "", ...rest] = scope.split("/")
  const signedHeaders = names.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const canonical = [method, url.pathname, "", signedHeaders.join(""), names, sha256(body)].join("\n")
  const text = ["AWS4-HMAC-SHA256", headers["x-amz-date"], scope, sha256(canonical)].join("\n")
  const signingKey = rest.reduce<Buffer>((last, part) => hmac(last, part), hmac(`AWS4${rightKey}`, day))
  return (
    key === accessKeyId &&
    scope === `${day}/${region}/textract/aws4_request` &&
    ["host", "x-amz-date", "x-amz-target"].every((name) => names.split(";").includes(name)) &&
    hmac(signingKey, text).toString("hex") === signature
  )
}

const answer = ({ heightPx, lines, tables, widthPx }: MadePage) => {
  const geometryOf = (polygon: Polygon) => {
    const { height, width, x, y } = boxOf(polygon)
    return {
      BoundingBox: { Left: x / widthPx, Top: y / heightPx, Width: width / widthPx, Height: height / heightPx },
      Polygon: polygon.map(([x, y]) => ({ X: x / widthPx, Y: y / heightPx }))
    }
  }
  const children = (ids: ReadonlyArray<string>) => [{ Type: "CHILD", Ids: ids }]
  const lineBlocks = lines.flatMap((line, at) => {
    const words = line.map(({ confidence, polygon, text }, index) => ({
      BlockType: "WORD",
      Id: `word-${at}-${index}`,
      Text: text,
      TextType: "PRINTED",
      Confidence: confidence * 100,
      Geometry: geometryOf(polygon)
    }))
    if (words.length === 0) return []
    return [
      {
        BlockType: "LINE",
        Id: `line-${at}`,
        Text: line.map(({ text }) => text).join(" "),
        Confidence: 97,
        Geometry: geometryOf(spanning(line[0]!.polygon, line.at(-1)!.polygon)),
        Relationships: children(words.map(({ Id }) => Id))
      },
      ...words
    ]
  })
  const tableBlocks = tables.flatMap(({ cells }, at) => {
    const blocks = cells.map(({ box, columnIndex, rowIndex }, index) => ({
      BlockType: "CELL",
      Id: `cell-${at}-${index}`,
      Confidence: 90,
      RowIndex: rowIndex + 1,
      ColumnIndex: columnIndex + 1,
      RowSpan: 1,
      ColumnSpan: 1,
      Geometry: geometryOf(polygonOf(box))
    }))
    const table = { BlockType: "TABLE", Id: `table-${at}`, Relationships: children(blocks.map(({ Id }) => Id)) }
    return [table, ...blocks]
  })
  return {
    DocumentMetadata: { Pages: 1 },
    Blocks: [{ BlockType: "PAGE", Id: "page" }, ...lineBlocks, ...tableBlocks]
  }
}

/** Speaks the JSON protocol of AWS Textract. */
export const textract: Vendor = {
  name: "AWS Textract",
  makesOutTables: true,
  layer: (endpoint, options, key = rightKey) =>
    TextractOcr.layer({
      ...options,
      endpoint,
      region,
      tables: true,
      credentials: { accessKeyId, secretAccessKey: Redacted.make(key) }
    }),
  imageOf: async (request) => {
    const target = String(request.headers["x-amz-target"])
    const question = Object.entries(questions).find(([name]) => name === target)?.[1]
    if (question === undefined || request.method !== "POST") return json(400, failure(404))
    if (!isSigned(request)) return json(400, { ...failure(403), __type: "InvalidSignatureException" })
    const { data, success } = question.safeParse(JSON.parse(request.body.toString()))
    return success ? Buffer.from(data.Document.Bytes, "base64") : json(400, failure(400))
  },
  answer,
  failure
}
