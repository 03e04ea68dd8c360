import { assert, describe, it } from "@effect/vitest"
import { strToU8, zipSync } from "fflate"
import { reader } from "../src/index.ts"
import { cell, pageOf, paragraph, refusalOf, row, table, textOf, wordFile } from "./wordFile.ts"

const sound = wordFile({ body: paragraph("Monday") })
const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
const documentOf = (xml: string) => wordFile({ body: "", entries: { "word/document.xml": strToU8(xml) } })

/** The offset of an entry's record in the central directory. */
const directoryRecordOf = (bytes: Uint8Array, name: string): number => {
  const buffer = Buffer.from(bytes)
  return buffer.indexOf(name, buffer.indexOf(Buffer.of(0x50, 0x4b, 0x01, 0x02))) - 46
}

/** A compound file whose directory, in its second sector, lists one stream. */
const compoundFileWith = (streamName: string): Uint8Array => {
  const bytes = Buffer.alloc(1024)
  Buffer.from("d0cf11e0a1b11ae1", "hex").copy(bytes)
  const name = Buffer.from(`${streamName}\0`, "utf16le")
  name.copy(bytes, 512 + 128)
  bytes.writeUInt16LE(name.length, 512 + 128 + 64)
  return new Uint8Array(bytes)
}

describe("recognising", () => {
  it("a Word file is known by its content types, wherever its parts stand", () => {
    assert.strictEqual(reader.recognize(sound), wordType)
  })

  it("other archives, other compound files and text are not Word's", () => {
    const spreadsheet = wordFile({
      body: "",
      mainType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    })
    const others = [
      spreadsheet,
      zipSync({ "word/document.xml": strToU8("<a/>") }),
      zipSync({ mimetype: strToU8("application/vnd.oasis.opendocument.text"), "content.xml": strToU8("<a/>") }),
      compoundFileWith("WordDocument"),
      strToU8("PK and so on"),
      new Uint8Array(0)
    ]
    assert.deepStrictEqual(
      others.map((bytes) => reader.recognize(bytes)),
      others.map(() => null)
    )
  })

  it("a cut Word file is still known, so that its damage can be named", () => {
    const cut = sound.subarray(0, sound.length - 60)
    assert.strictEqual(reader.recognize(cut), wordType)
    assert.strictEqual(refusalOf(cut).code, "corrupt_file")
  })
})

describe("what is refused", () => {
  it("a document behind a password, as Office stores it", () => {
    const encrypted = compoundFileWith("EncryptedPackage")
    assert.strictEqual(reader.recognize(encrypted), wordType)
    assert.strictEqual(refusalOf(encrypted).code, "document_encrypted")
  })

  it("an archive whose entries are encrypted", () => {
    const bytes = new Uint8Array(sound)
    bytes[directoryRecordOf(bytes, "word/document.xml") + 8]! |= 1
    assert.strictEqual(refusalOf(bytes).code, "document_encrypted")
  })

  it("macros, by the main part's type or by the part that holds them", () => {
    const byType = wordFile({ body: "", mainType: "application/vnd.ms-word.document.macroEnabled.main+xml" })
    const byPart = wordFile({ body: "", entries: { "word/vbaProject.bin": strToU8("x") } })
    assert.strictEqual(reader.recognize(byType), wordType)
    assert.deepStrictEqual([refusalOf(byType).code, refusalOf(byPart).code], ["active_content", "active_content"])
  })

  it("more bytes, entries or unpacked bytes than the limits allow", () => {
    assert.strictEqual(refusalOf(sound, { fileBytes: sound.length - 1 }).code, "file_too_large")
    assert.strictEqual(refusalOf(sound, { docxEntries: 3 }).code, "decompression_bomb")
    assert.strictEqual(refusalOf(sound, { docxUnpackedBytes: 500 }).code, "decompression_bomb")
    assert.strictEqual(refusalOf(new Uint8Array(0)).code, "empty_file")
  })

  it("an archive that unpacks to hundreds of times its size", () => {
    const bytes = wordFile({ body: "", entries: { "word/media/image1.bmp": new Uint8Array(8 * 1024 * 1024) } })
    assert.strictEqual(refusalOf(bytes).code, "decompression_bomb")
    assert.strictEqual(textOf(pageOf(bytes, { docxRatio: 10_000 }).words), "")
  })

  it("an entry that unpacks to more than it declares", () => {
    const bytes = wordFile({ body: paragraph("Monday ".repeat(100_000)) })
    new DataView(bytes.buffer).setUint32(directoryRecordOf(bytes, "word/document.xml") + 24, 1000, true)
    assert.strictEqual(refusalOf(bytes).code, "decompression_bomb")
  })

  it("an entry whose bytes are not those that were stored", () => {
    const bytes = new Uint8Array(sound)
    new DataView(bytes.buffer).setUint32(directoryRecordOf(bytes, "word/document.xml") + 16, 1, true)
    assert.strictEqual(refusalOf(bytes).code, "corrupt_file")
  })

  it("document type declarations, with entities or without, in any encoding", () => {
    const bomb = '<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'
    const utf16 = new Uint8Array(Buffer.from(`\ufeff${bomb}`, "utf16le"))
    const inUtf16 = wordFile({ body: "", entries: { "word/document.xml": utf16 } })
    assert.deepStrictEqual(
      [refusalOf(documentOf(bomb)).code, refusalOf(inUtf16).code],
      ["corrupt_file", "corrupt_file"]
    )
  })

  it("nesting without end, tags without end, and more ends than beginnings", () => {
    const refused = ["<a>".repeat(100_000), "<a><b c='", "<a></a></a>", "<a><!-- ", "no markup"]
    assert.deepStrictEqual(
      refused.map((xml) => refusalOf(documentOf(xml)).code),
      refused.map(() => "corrupt_file")
    )
  })

  it("more table cells than the limit, over all parts together", () => {
    const grid = table(
      [1000],
      Array.from({ length: 6 }, () => row([cell("a")]))
    )
    const bytes = wordFile({ body: grid, header: grid })
    assert.strictEqual(refusalOf(bytes, { docxCells: 11 }).code, "decompression_bomb")
    assert.strictEqual(pageOf(bytes, { docxCells: 12 }).tables!.length, 1)
  })

  it("a package that lacks its document, or names two parts alike", () => {
    const empty = wordFile({ body: "", entries: { "_rels/.rels": strToU8("<R/>"), "word/document.xml": strToU8("") } })
    const twice = wordFile({ body: "", entries: { "WORD/document.xml": strToU8("<a/>") } })
    assert.deepStrictEqual([refusalOf(empty).code, refusalOf(twice).code], ["corrupt_file", "corrupt_file"])
  })
})

describe("what is never followed", () => {
  it("styles that are based on one another far beyond what Word allows", () => {
    const sizeBelow = (length: number) => {
      const based = Array.from(
        { length },
        (_, index) => `<w:style w:type="paragraph" w:styleId="s${index}"><w:basedOn w:val="s${index + 1}"/></w:style>`
      )
      const last = `<w:style w:type="paragraph" w:styleId="s${length}"><w:rPr><w:sz w:val="60"/></w:rPr></w:style>`
      const bytes = wordFile({ body: paragraph("a", '<w:pStyle w:val="s0"/>'), styles: based.join("") + last })
      return Math.round(pageOf(bytes).words[0]!.style!.fontSizePx)
    }
    assert.deepStrictEqual([sizeBelow(10), sizeBelow(1000)], [40, 13])
  })

  it("relationships that lead out of the file are not there", () => {
    const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    const links =
      `<Relationships><Relationship Id="header" Type="${type}/header" Target="https://example.org/h.xml" TargetMode="External"/>` +
      `<Relationship Id="styles" Type="${type}/styles" Target="http://example.org/s.xml"/></Relationships>`
    const bytes = wordFile({
      body: paragraph("Monday"),
      section: '<w:headerReference w:type="default" r:id="header"/>',
      entries: { "word/_rels/document.xml.rels": strToU8(links) }
    })
    assert.strictEqual(textOf(pageOf(bytes).words), "Monday")
  })

  it("absurd sizes are cut to what Word allows", () => {
    const page = pageOf(
      wordFile({
        body: `${table(
          [1e300],
          [
            row(
              [cell("a", '<w:gridSpan w:val="1e9"/><w:tcW w:w="1e300" w:type="dxa"/>')],
              '<w:trHeight w:val="1e300"/>'
            )
          ]
        )}<w:p><w:r><w:rPr><w:sz w:val="1e300"/></w:rPr><w:t>b</w:t></w:r></w:p>`
      })
    )
    assert.isBelow(page.heightPx, 6000)
    assert.isTrue(page.words.every(({ box }) => box.x >= 0 && box.x + box.width <= page.widthPx))
  })
})
