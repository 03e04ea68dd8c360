import { assert, describe, it } from "vitest"
import { perPoint, readOne, textsOf } from "./reading.ts"

const text = (content: string, operators = "") => `BT /F1 20 Tf ${operators} (${content}) Tj ET`
const at = (x: number, y: number) => `1 0 0 1 ${x} ${y} Tm`

describe("words", () => {
  it("stand where the page sets them", async () => {
    const page = await readOne(text("Maths", at(100, 700)))
    const [word] = page.words
    assert.strictEqual(word?.text, "Maths")
    // Helvetica: M 833, a 556, t 278, h 556, s 500 thousandths of the size.
    assert.closeTo(word!.box.x, 100 * perPoint, 0.5)
    assert.closeTo(word!.box.width, 2.723 * 20 * perPoint, 0.5)
    const baseline = (842 - 700) * perPoint
    assert.isTrue(word!.box.y < baseline - 0.7 * 20 * perPoint && word!.box.y > baseline - 20 * perPoint)
    assert.isTrue(word!.box.y + word!.box.height > baseline)
    assert.closeTo(word!.style!.fontSizePx, 20 * perPoint, 0.01)
  })

  it("are cut at white space, each with the box of its own letters", async () => {
    const page = await readOne(text("Art and Music", at(50, 500)))
    assert.deepStrictEqual(textsOf(page), ["Art", "and", "Music"])
    const [art, and] = page.words
    assert.closeTo(and!.box.x - (art!.box.x + art!.box.width), 0.278 * 20 * perPoint, 0.5)
  })

  it.each([
    ["level", "1 0 0 1 200 400", 0, true],
    ["downwards", "0 -1 1 0 200 400", 90, false],
    ["upside down", "-1 0 0 -1 200 400", 180, true],
    ["upwards", "0 1 -1 0 200 400", 270, false]
  ])("written %s keep their direction and an upright box", async (_, matrix, rotation, wide) => {
    const page = await readOne(`BT /F1 20 Tf ${matrix} Tm (Break time) Tj ET`)
    assert.deepStrictEqual(textsOf(page), ["Break", "time"])
    for (const word of page.words) {
      assert.strictEqual(word.rotation, rotation)
      assert.strictEqual(word.box.width > word.box.height, wide)
    }
    const first = page.words[0]!.box
    const x = 200 * perPoint
    const y = (842 - 400) * perPoint
    const edge = { 0: first.x - x, 90: first.y - y, 180: first.x + first.width - x, 270: first.y + first.height - y }
    assert.closeTo(edge[rotation as keyof typeof edge], 0, 0.5)
  })

  it.each([
    [90, 842, 595, (x: number, y: number) => [y, x]],
    [180, 595, 842, (x: number, y: number) => [595 - x, y]],
    [270, 842, 595, (x: number, y: number) => [842 - y, 595 - x]]
  ] as const)(
    "of a page stored turned by %i degrees are given on the upright page",
    async (turn, width, height, map) => {
      const page = await readOne({ content: text("Turned", at(100, 700)), entries: `/Rotate ${turn}` })
      assert.deepStrictEqual(
        [page.rotation, page.widthPx, page.heightPx],
        [turn, Math.round(width * perPoint), Math.round(height * perPoint)]
      )
      const { box, rotation } = page.words[0]!
      assert.strictEqual(rotation, turn)
      const [x, y] = map(100, 700) as [number, number]
      const near = { 90: [box.x, box.y], 180: [box.x + box.width, box.y], 270: [box.x, box.y + box.height] }[turn]
      assert.isBelow(Math.abs(near[0]! - x * perPoint), 20 * perPoint)
      assert.isBelow(Math.abs(near[1]! - y * perPoint), 20 * perPoint)
    }
  )

  it("are placed from the corner of the crop box, and left out beyond it", async () => {
    const page = await readOne({
      content: `${text("Inside", at(150, 250))} ${text("Outside", at(20, 20))}`,
      mediaBox: [-50, -50, 595, 842],
      entries: "/CropBox [100 200 400 500]"
    })
    assert.deepStrictEqual([page.widthPx, page.heightPx], [Math.round(300 * perPoint), Math.round(300 * perPoint)])
    assert.deepStrictEqual(textsOf(page), ["Inside"])
    assert.closeTo(page.words[0]!.box.x, 50 * perPoint, 0.5)
  })

  it("grow with the page's user unit", async () => {
    const page = await readOne({ content: text("Large", at(100, 700)), entries: "/UserUnit 2" })
    assert.strictEqual(page.widthPx, Math.round(2 * 595 * perPoint))
    assert.closeTo(page.words[0]!.style!.fontSizePx, 40 * perPoint, 0.01)
  })

  it("that are drawn in pieces are put together", async () => {
    // "Te" (278 + 611, 556) in two operators, then a kerning pair.
    const pieces = `BT /F1 20 Tf ${at(100, 700)} (Hist) Tj (ory) Tj ET`
    const kerned = `BT /F1 20 Tf ${at(100, 600)} [(T) 70 (uesda) 20 (y)] TJ ET`
    const placed = `BT /F1 20 Tf ${at(100, 500)} (W) Tj ET BT /F2 20 Tf ${at(118.88, 500)} (ed) Tj ET`
    assert.deepStrictEqual(textsOf(await readOne(`${pieces} ${kerned} ${placed}`)), ["History", "Tuesday", "Wed"])
  })

  it("that only a gap keeps apart stay apart", async () => {
    const page = await readOne(`BT /F1 20 Tf ${at(100, 700)} [(Form) -333 (Time)] TJ ET`)
    assert.deepStrictEqual(textsOf(page), ["Form", "Time"])
  })

  it("whose letters are spaced out are one word", async () => {
    const bySpacing = text("TIME", `${at(100, 700)} 12 Tc`)
    const byGaps = `BT 0 Tc /F1 20 Tf ${at(100, 600)} [(L) -240 (U) -240 (N) -240 (C) -240 (H)] TJ ET`
    assert.deepStrictEqual(textsOf(await readOne(`${bySpacing} ${byGaps}`)), ["TIME", "LUNCH"])
  })

  it("of single letters with spaces between stay apart", async () => {
    assert.deepStrictEqual(textsOf(await readOne(text("M T W", at(100, 700)))), ["M", "T", "W"])
  })

  it("drawn twice to look bold count once, as bold", async () => {
    const page = await readOne(`${text("Assembly", at(100, 700))} ${text("Assembly", at(100.4, 700))}`)
    assert.deepStrictEqual(textsOf(page), ["Assembly"])
    assert.isTrue(page.words[0]!.style!.bold)
  })

  it("drawn twice with a shadow count once", async () => {
    const page = await readOne(
      `0.8 g ${text("Assembly", at(103, 698))} 0 g ${text("Assembly", at(100, 700))} ${text("Choir", at(300, 700))}`
    )
    assert.deepStrictEqual(textsOf(page), ["Assembly", "Choir"])
  })

  it("over which an image is painted are half sure, and wholly where they stand on it", async () => {
    const image = `<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream`
    const picture = "q 200 0 0 200 90 590 cm /Picture Do Q"
    const page = await readOne(
      {
        content: `${text("Below", at(100, 700))} ${picture} ${text("Above", at(100, 650))}`,
        resources: "/XObject << /Picture 100 0 R >>"
      },
      { objects: { 100: image } }
    )
    assert.deepStrictEqual(
      page.words.map(({ confidence, text }) => [text, confidence]),
      [
        ["Below", 0.5],
        ["Above", 1]
      ]
    )
  })

  it("that repeat elsewhere are kept", async () => {
    const page = await readOne(`${text("PE", at(100, 700))} ${text("PE", at(140, 700))} ${text("PE", at(100, 670))}`)
    assert.deepStrictEqual(textsOf(page), ["PE", "PE", "PE"])
  })

  it.each([
    ["in render mode 3", `3 Tr ${text("Ghost", at(100, 600))} 0 Tr`],
    ["wholly transparent", `/Clear gs ${text("Ghost", at(100, 600))} /Full gs`],
    ["outside of the clipping path", `q 300 300 50 50 re W n ${text("Ghost", at(100, 600))} Q`],
    ["painted over", `${text("Ghost", at(100, 600))} 1 g 90 590 200 40 re f 0 g`],
    ["white on white", `1 g ${text("Ghost", at(100, 600))} 0 g`],
    ["in the colour of the fill below", `1 1 0 rg 90 590 200 40 re f ${text("Ghost", at(100, 600))} 0 g`],
    ["too small to read", `BT /F1 1 Tf ${at(100, 600)} (Ghost) Tj ET`],
    ["in a layer that is switched off", `/OC /Layer BDC ${text("Ghost", at(100, 600))} EMC`]
  ])("%s are left out", async (_, hidden) => {
    const page = await readOne(
      {
        content: `${hidden} ${text("Seen", at(100, 500))}`,
        resources: `/ExtGState << /Clear << /ca 0 >> /Full << /ca 1 >> >> /Properties << /Layer 100 0 R >>`
      },
      {
        objects: { 100: "<< /Type /OCG /Name (Layer) >>" },
        catalog: "/OCProperties << /OCGs [100 0 R] /D << /OFF [100 0 R] >> >>"
      }
    )
    assert.deepStrictEqual(textsOf(page), ["Seen"])
  })

  it("that a clipping path cuts off end where they are cut", async () => {
    const page = await readOne(`q 100 690 60 40 re W n ${text("Mathematics", at(100, 700))} Q`)
    assert.match(page.words[0]!.text, /^Math/)
    assert.isBelow(page.words[0]!.text.length, "Mathematics".length)
  })

  it("painted onto a fill stay", async () => {
    const page = await readOne(`1 1 0 rg 90 590 200 40 re f 0 g ${text("Shaded", at(100, 600))}`)
    assert.deepStrictEqual(textsOf(page), ["Shaded"])
  })

  it("know their style: colour, weight and slant", async () => {
    const page = await readOne(
      `1 0 0 rg ${text("Plain", at(100, 700))} 0 0 0 1 k BT /F2 20 Tf ${at(100, 600)} (Strong) Tj ET`
    )
    const [plain, strong] = page.words.map(({ style }) => style!)
    assert.deepStrictEqual([plain!.color, plain!.bold, plain!.italic], ["#FF0000", false, false])
    assert.deepStrictEqual([strong!.bold, strong!.italic], [true, true])
    assert.match(strong!.color!, /^#[0-3][0-9A-F][0-3][0-9A-F][0-3][0-9A-F]$/)
  })

  it("come line by line, whatever the order of drawing", async () => {
    const page = await readOne(
      [text("last", at(100, 600)), text("two", at(200, 700)), text("one", at(100, 701))].join(" ")
    )
    assert.deepStrictEqual(textsOf(page), ["one", "two", "last"])
  })

  it("inside nested forms stand where the forms put them", async () => {
    const form = (matrix: string, content: string, resources: string) =>
      `<< /Type /XObject /Subtype /Form /BBox [0 0 1000 1000] /Matrix [${matrix}] /Resources << ${resources} >> /Length ${content.length} >>\nstream\n${content}\nendstream`
    const font = "/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"
    const page = await readOne(
      { content: "q 1 0 0 1 50 100 cm /Outer Do Q", resources: "/XObject << /Outer 100 0 R >>" },
      {
        objects: {
          100: form("2 0 0 2 0 0", "q 1 0 0 1 10 10 cm /Inner Do Q", "/XObject << /Inner 101 0 R >>"),
          101: form("1 0 0 1 5 5", `BT /F1 10 Tf (Deep) Tj ET 0 20 100 10 re f`, font)
        }
      }
    )
    const { box, style } = page.words[0]!
    assert.closeTo(box.x, (50 + 2 * 15) * perPoint, 0.5)
    assert.closeTo(style!.fontSizePx, 20 * perPoint, 0.01)
    assert.closeTo(page.fills[0]!.box.width, 200 * perPoint, 0.5)
    assert.closeTo(page.fills[0]!.box.y, (842 - (100 + 2 * (15 + 30))) * perPoint, 0.5)
  })

  it("of annotations and filled in form fields are read", async () => {
    const appearance = "BT /F1 12 Tf 2 5 Td (Stamped) Tj ET"
    const page = await readOne(
      { content: text("Page", at(100, 700)), entries: "/Annots [100 0 R 102 0 R 103 0 R 104 0 R]" },
      {
        catalog: "/AcroForm << /Fields [102 0 R 103 0 R] /DA (/Helv 12 Tf 0 g) >>",
        objects: {
          100: "<< /Type /Annot /Subtype /Stamp /Rect [100 600 200 620] /F 4 /AP << /N 101 0 R >> >>",
          101: `<< /Type /XObject /Subtype /Form /BBox [0 0 100 20] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Length ${appearance.length} >>\nstream\n${appearance}\nendstream`,
          102: "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Form value) /DA (/Helv 12 Tf 0 g) /Rect [100 500 250 520] /F 4 >>",
          103: "<< /Type /Annot /Subtype /Widget /FT /Tx /T (empty) /DA (/Helv 12 Tf 0 g) /Rect [100 450 250 470] /F 4 >>",
          104: "<< /Type /Annot /Subtype /FreeText /Contents (Written later) /DA (/Helv 12 Tf 0 g) /Rect [100 400 250 420] /F 4 >>"
        }
      }
    )
    assert.deepStrictEqual(textsOf(page), ["Page", "Stamped", "Form", "value", "Written", "later"])
    const value = page.words.find((word) => word.text === "Form")!.box
    assert.isTrue(value.x >= 100 * perPoint && value.y >= (842 - 520) * perPoint)
    assert.isTrue(value.y + value.height <= (842 - 500) * perPoint + 1)
  })
})
