import { Redacted } from "effect"
import { HttpOcr } from "../../src/http/index.ts"
import { boxOf, rotationOf } from "../../src/shared/Polygon.ts"
import { json } from "./loopback.ts"
import { rightKey, type Vendor } from "./Vendor.ts"

/** An engine of one's own behind `POST /ocr`. */
export const ownEngine: Vendor = {
  name: "http",
  makesOutTables: true,
  layer: (url, options, key = rightKey) =>
    HttpOcr.layer({ ...options, url: `${url}/ocr`, engine: "own@1", tables: true, token: Redacted.make(key) }),
  imageOf: async ({ body, headers, method, url }) => {
    if (method !== "POST" || url.pathname !== "/ocr") return json(404, {})
    if (headers.authorization !== `Bearer ${rightKey}`) return json(401, { error: "wrong token" })
    return body
  },
  answer: ({ lines, tables }) => ({
    words: lines.flat().map(({ confidence, polygon, text }) => ({
      text,
      box: boxOf(polygon),
      confidence,
      rotation: rotationOf(polygon)
    })),
    tables
  }),
  failure: (status) => ({ error: `The loopback service says ${status}` })
}
