import { type DocumentErrorCode, defaultLimits, type Limits } from "@timegrid/core"
import { Effect } from "effect"
import { assert, describe, it } from "vitest"
import { reader } from "../src/index.ts"
import { encryptedFile } from "./encryptedFile.ts"
import { type PageSource, pdfFile } from "./pdfFile.ts"
import { openBytes, textsOf } from "./reading.ts"

const page: PageSource = { content: "BT /F1 20 Tf 100 700 Td (Monday) Tj ET" }
const sound = pdfFile({ pages: [page] })

const read = (bytes: Uint8Array) =>
  Effect.runPromise(
    Effect.scoped(Effect.map(openBytes(bytes), ({ pages }) => pages.map((each) => textsOf(each).join(" "))))
  )

const refusal = async (bytes: Uint8Array, limits: Partial<Limits> = {}): Promise<DocumentErrorCode> => {
  const error = await Effect.runPromise(Effect.flip(Effect.scoped(openBytes(bytes, limits))))
  assert.match(error.message, /^[^\n]+\.$/)
  return error.code
}

const bytesOf = (text: string) => new TextEncoder().encode(text)
const joined = (...parts: ReadonlyArray<Uint8Array>) => new Uint8Array(Buffer.concat(parts))

describe("a PDF is recognised", () => {
  it("by its header, also after bytes that do not belong to it", async () => {
    const prefixed = joined(bytesOf("HTTP/1.1 200 OK\r\n\r\n"), sound)
    assert.strictEqual(reader.recognize(sound), "application/pdf")
    assert.strictEqual(reader.recognize(prefixed), "application/pdf")
    assert.deepStrictEqual(await read(prefixed), ["Monday"])
  })

  it("only within its first 1,024 bytes", () => {
    assert.isNull(reader.recognize(joined(new Uint8Array(1024), sound)))
  })
})

describe("a PDF is read although it", () => {
  it("is encrypted, where it opens with an empty password", async () => {
    assert.deepStrictEqual(await read(await encryptedFile("")), ["Locked"])
  })

  it("links to a page of the web and to another file", async () => {
    const link = (action: string) =>
      `<< /Type /Annot /Subtype /Link /Rect [100 690 200 720] /Border [0 0 0] /A << ${action} >> >>`
    const bytes = pdfFile({
      pages: [{ ...page, entries: "/Annots [100 0 R 101 0 R]" }],
      objects: {
        100: link("/S /URI /URI (https://school.example)"),
        101: link("/S /Launch /F (menu.doc)")
      }
    })
    assert.deepStrictEqual(await read(bytes), ["Monday"])
  })

  it("opens the print dialog, or defines the scripts of its form", async () => {
    const prints = pdfFile({ pages: [page], catalog: "/OpenAction << /S /JavaScript /JS (this.print\\(true\\);) >>" })
    const defines = pdfFile({
      pages: [page],
      catalog: "/Names << /JavaScript << /Names [(AFDate) << /S /JavaScript /JS (function format\\(\\) {}) >>] >> >>"
    })
    assert.deepStrictEqual(await read(prints), ["Monday"])
    assert.deepStrictEqual(await read(defines), ["Monday"])
  })

  it("has lost its table of objects", async () => {
    const text = Buffer.from(sound)
      .toString("latin1")
      .replace(/xref[\s\S]*(?=trailer)/, "")
    assert.deepStrictEqual(await read(bytesOf(text)), ["Monday"])
  })

  it("has no text at all", async () => {
    assert.deepStrictEqual(await read(pdfFile({ pages: [{ content: "" }] })), [""])
  })
})

describe("a PDF is refused where it", () => {
  it("needs a password", async () => {
    assert.strictEqual(await refusal(await encryptedFile("secret")), "document_encrypted")
  })

  it("runs a script or starts a program when it is opened", async () => {
    const action = (entry: string) => pdfFile({ pages: [page], catalog: `/OpenAction ${entry}` })
    assert.strictEqual(await refusal(action("<< /S /JavaScript /JS (app.launchURL\\('x'\\)) >>")), "active_content")
    assert.strictEqual(await refusal(action("<< /Type /Action /S /Launch /F (setup.exe) >>")), "active_content")
    const referred = pdfFile({
      pages: [page],
      catalog: "/OpenAction 100 0 R",
      objects: { 100: "<< /S /Launch /F (setup.exe) >>" }
    })
    assert.strictEqual(await refusal(referred), "active_content")
  })

  it("has more pages or bytes than the limits allow", async () => {
    const three = pdfFile({ pages: [page, page, page] })
    assert.strictEqual(await refusal(three, { pages: 2 }), "too_many_pages")
    assert.strictEqual(await refusal(three, { fileBytes: 100 }), "file_too_large")
    assert.deepStrictEqual(await read(three), ["Monday", "Monday", "Monday"])
  })

  it("is empty, is something else, or is only a header", async () => {
    assert.strictEqual(await refusal(new Uint8Array(0)), "empty_file")
    assert.strictEqual(await refusal(bytesOf("Monday 9:00 Maths")), "unsupported_type")
    assert.strictEqual(await refusal(bytesOf("%PDF-1.7\n")), "corrupt_file")
    assert.strictEqual(await refusal(bytesOf(`%PDF-1.7\n${"noise ".repeat(500)}`)), "corrupt_file")
  })

  it("is cut off anywhere before its first page is whole", async () => {
    const text = Buffer.from(sound).toString("latin1")
    const end = text.indexOf("4 0 obj")
    for (const length of [20, Math.floor(end / 2), end]) {
      assert.strictEqual(await refusal(sound.slice(0, length)), "corrupt_file")
    }
  })

  it("holds an image larger than the limit", async () => {
    const image =
      "<< /Type /XObject /Subtype /Image /Width 9000 /Height 9000 /ColorSpace /DeviceGray /BitsPerComponent 8"
    const bytes = pdfFile({
      pages: [{ content: "q 500 0 0 500 0 0 cm /Scan Do Q", resources: "/XObject << /Scan 100 0 R >>" }],
      objects: { 100: `${image} /Length 3 >>\nstream\nabc\nendstream` }
    })
    assert.strictEqual(await refusal(bytes), "image_too_large")
  })
})

describe("check", () => {
  it("passes a sound file without parsing it", async () => {
    await Effect.runPromise(reader.check(sound, defaultLimits))
    await Effect.runPromise(reader.check(bytesOf("%PDF-1.7 and nothing that a parser would take"), defaultLimits))
  })
})
