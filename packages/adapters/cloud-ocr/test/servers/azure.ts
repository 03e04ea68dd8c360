import { Redacted } from "effect"
import { AzureOcr } from "../../src/azure/index.ts"
import { type Polygon, polygonOf } from "../../src/shared/Polygon.ts"
import { json, type Reply } from "./loopback.ts"
import type { MadePage } from "./MadePage.ts"
import { rightKey, type Vendor } from "./Vendor.ts"

const failure = (status: number) => ({
  error: { code: String(status), message: `The loopback service says ${status}` }
})

const flat = (polygon: Polygon) => polygon.flat()

const answer = ({ heightPx, lines, tables, widthPx }: MadePage) => ({
  status: "succeeded",
  createdDateTime: "2026-09-01T08:00:00Z",
  analyzeResult: {
    apiVersion: "2024-11-30",
    modelId: "prebuilt-layout",
    content: lines.map((line) => line.map(({ text }) => text).join(" ")).join("\n"),
    pages: [
      {
        pageNumber: 1,
        angle: 0,
        width: widthPx,
        height: heightPx,
        unit: "pixel",
        words: lines
          .flat()
          .map(({ confidence, polygon, text }) => ({ content: text, polygon: flat(polygon), confidence }))
      }
    ],
    tables: tables.map(({ cells }) => ({
      rowCount: Math.max(...cells.map(({ rowIndex }) => rowIndex + 1)),
      columnCount: Math.max(...cells.map(({ columnIndex }) => columnIndex + 1)),
      cells: cells.map(({ box, columnIndex, rowIndex }) => ({
        rowIndex,
        columnIndex,
        boundingRegions: [{ pageNumber: 1, polygon: flat(polygonOf(box)) }]
      }))
    }))
  }
})

const model = "/documentintelligence/documentModels/prebuilt-layout"

/** Speaks the REST interface of Azure Document Intelligence. */
export const azure: Vendor = {
  name: "Azure Document Intelligence",
  makesOutTables: true,
  layer: (endpoint, options, key = rightKey) => AzureOcr.layer({ ...options, endpoint, apiKey: Redacted.make(key) }),
  imageOf: async ({ body, headers, method, url }) => {
    if (method !== "POST" || url.pathname !== `${model}:analyze`) return json(404, failure(404))
    if (url.searchParams.get("api-version") !== "2024-11-30") return json(404, failure(404))
    if (headers["ocp-apim-subscription-key"] !== rightKey) return json(401, failure(401))
    return headers["content-type"] === "image/png" ? body : json(415, failure(415))
  },
  answer,
  failure,
  // A result is fetched where the first answer says, and is not there at once.
  deliver: (service) => {
    const results = new Map<string, { readonly reply: Reply; asked: number }>()
    return {
      accept: (reply) => {
        // Who has asked too often is told so at once.
        if (reply !== "silence" && reply.status === 429) return reply
        const path = `${model}/analyzeResults/${results.size}`
        results.set(path, { reply, asked: 0 })
        return {
          status: 202,
          headers: { "operation-location": `${service()}${path}?api-version=2024-11-30`, "retry-after": "0" }
        }
      },
      fetch: ({ headers, method, url }) => {
        const result = results.get(url.pathname)
        if (method !== "GET" || result === undefined) return null
        if (headers["ocp-apim-subscription-key"] !== rightKey) return json(401, failure(401))
        result.asked += 1
        return result.asked === 1 ? json(200, { status: "running" }, { "retry-after": "0" }) : result.reply
      }
    }
  }
}
