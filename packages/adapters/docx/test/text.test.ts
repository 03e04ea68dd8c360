import { assert, describe, it } from "@effect/vitest"
import { cell, cellsOf, pageOf, paragraph, row, run, table, textOf, type WordFileParts, wordFile } from "./wordFile.ts"

const read = (body: string, parts: Partial<WordFileParts> = {}) => pageOf(wordFile({ body, ...parts }))
const textRead = (body: string) => textOf(read(body).words)
const inParagraph = (content: string) => textRead(`<w:p>${content}</w:p>`)
const field = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`

describe("text", () => {
  it("runs without space between them make one word, in the style of its beginning", () => {
    const { words } = read(`<w:p>${run("Mon", "<w:b/>")}${run("day ")}${run("9:00", "<w:i/>")}</w:p>`)
    assert.deepStrictEqual(
      words.map(({ style, text }) => [text, style!.bold, style!.italic]),
      [
        ["Monday", true, false],
        ["9:00", false, true]
      ]
    )
    assert.isTrue(
      words.every(({ confidence, engine, source }) => `${confidence} ${engine} ${source}` === "1 docx native")
    )
  })

  it("each break begins a new line below the last", () => {
    const { words } = read(`<w:p>${run("Maths")}<w:r><w:br/></w:r>${run("Room 4")}</w:p>`)
    assert.isAbove(words[1]!.box.y, words[0]!.box.y + words[0]!.box.height)
    assert.strictEqual(words[1]!.box.y, words[2]!.box.y)
  })

  it("text jumps to the tab stops of its paragraph", () => {
    const stops = '<w:tabs><w:tab w:val="left" w:pos="3000"/></w:tabs>'
    const line = (first: string) => `<w:p><w:pPr>${stops}</w:pPr>${run(first)}<w:r><w:tab/></w:r>${run("Maths")}</w:p>`
    const { words } = read(line("Mon") + line("Wednesday"))
    assert.deepStrictEqual([words[1]!.box.x, words[3]!.box.x], [96 + 200, 96 + 200])
  })

  it("what was deleted, moved away, hidden or struck through is left out, what was inserted is kept", () => {
    assert.strictEqual(
      inParagraph(
        `<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:moveFrom>${run("away")}</w:moveFrom>` +
          `${run("hidden ", "<w:vanish/>")}${run("struck ", "<w:strike/>")}${run("shown ", '<w:vanish w:val="0"/>')}` +
          `<w:ins>${run("new ")}</w:ins><w:moveTo>${run("moved")}</w:moveTo>`
      ),
      "shown new moved"
    )
  })

  it("fields show their results and not their instructions, also where they nest", () => {
    const inner = `${field("begin")}${run("PAGE")}${field("separate")}${run("1")}${field("end")}`
    const outer = `${field("begin")}${run("IF")}${inner}${field("separate")}${run("Term 2")}${field("end")}`
    assert.strictEqual(inParagraph(`${outer}<w:fldSimple w:instr="DATE">${run(" 2026")}</w:fldSimple>`), "Term 2 2026")
  })

  it("links, smart tags and content controls are read through", () => {
    assert.strictEqual(
      inParagraph(
        `<w:hyperlink r:id="x">${run("Art ")}</w:hyperlink><w:smartTag>${run("Music ")}</w:smartTag>` +
          `<w:sdt><w:sdtContent>${run("PE")}</w:sdtContent></w:sdt>`
      ),
      "Art Music PE"
    )
  })

  it("special characters become text", () => {
    assert.strictEqual(
      inParagraph(
        `${run("Year")}<w:r><w:noBreakHyphen/></w:r>${run("4 &amp; 5 ")}<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>` +
          `<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>${run("a&#x2013;b sil\u00adver fi\u00a0ve")}`
      ),
      "Year-4 & 5 ✓a–b silver fi ve"
    )
  })

  it("of ruby only the base text is read", () => {
    assert.strictEqual(
      inParagraph(`<w:r><w:ruby><w:rt>${run("ni")}</w:rt><w:rubyBase>${run("日")}</w:rubyBase></w:ruby></w:r>`),
      "日"
    )
  })

  it("a file may give namespaces prefixes of its own", () => {
    const document = `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:r><x:t>Monday</x:t></x:r></x:p></x:body></x:document>`
    const bytes = wordFile({ body: "", entries: { "word/document.xml": new TextEncoder().encode(document) } })
    assert.strictEqual(textOf(pageOf(bytes).words), "Monday")
  })
})

describe("text boxes and pictures", () => {
  const drawing = (content: string) =>
    `<w:r><w:drawing><wp:anchor><wp:extent cx="952500" cy="476250"/>${content}</wp:anchor></w:drawing></w:r>`
  const textBox = (content: string) =>
    `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>${content}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>` +
    `<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>${content}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`

  it("a text box is read once, where it is anchored", () => {
    assert.strictEqual(
      textRead(`<w:p>${run("Before")}${textBox(paragraph("Class 4M"))}</w:p>${paragraph("After")}`),
      "Before Class 4M After"
    )
  })

  it("a table in a text box is a table", () => {
    const { tables } = read(`<w:p>${textBox(table([900], [row([cell("Mon")]), row([cell("Maths")])]))}</w:p>`)
    assert.deepStrictEqual(tables!.map(cellsOf), [["0,0 1×1: Mon", "1,0 1×1: Maths"]])
  })

  it("the fallback is read where no choice says anything", () => {
    assert.strictEqual(
      inParagraph(
        `<w:r><mc:AlternateContent><mc:Choice Requires="x"/><mc:Fallback>${run("Old")}</mc:Fallback></mc:AlternateContent></w:r>`
      ),
      "Old"
    )
  })

  it("a picture takes its room in the flow", () => {
    const { images, words } = read(`${paragraph("Above")}<w:p>${drawing("<pic:pic/>")}</w:p>${paragraph("Below")}`)
    assert.isAtLeast(words[1]!.box.y - words[0]!.box.y, 50)
    assert.deepStrictEqual(images, [])
  })
})

describe("styles", () => {
  const style = (type: string, id: string, content: string) =>
    `<w:style w:type="${type}" w:styleId="${id}">${content}</w:style>`
  const styles =
    '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="18"/></w:rPr></w:rPrDefault></w:docDefaults>' +
    `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:rPr><w:i/></w:rPr></w:style>` +
    style("paragraph", "Base", '<w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="30"/></w:rPr>') +
    style(
      "paragraph",
      "Title",
      '<w:basedOn w:val="Base"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:color w:val="aa0000"/></w:rPr>'
    ) +
    style("paragraph", "Circle", '<w:basedOn w:val="Circle"/>') +
    style("character", "Quiet", '<w:rPr><w:b w:val="0"/><w:color w:themeColor="accent1"/></w:rPr>')
  const theme =
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:themeElements><a:clrScheme><a:accent1><a:srgbClr val="336699"/></a:accent1></a:clrScheme></a:themeElements></a:theme>'
  const styleOf = (body: string) => read(body, { styles, theme }).words[0]!.style

  it("document defaults and the default style hold for plain paragraphs", () => {
    assert.deepStrictEqual(styleOf(paragraph("a")), { fontSizePx: 12, bold: false, italic: true, color: null })
  })

  it("styles inherit, a run's style and own properties win, theme colours are looked up", () => {
    const titled = (content: string) => `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>${content}</w:p>`
    assert.deepStrictEqual(styleOf(titled(run("a"))), { fontSizePx: 20, bold: true, italic: true, color: "#AA0000" })
    assert.deepStrictEqual(styleOf(titled(run("a", '<w:rStyle w:val="Quiet"/><w:sz w:val="60"/>'))), {
      fontSizePx: 40,
      bold: false,
      italic: true,
      color: "#336699"
    })
  })

  it("a style that is based on itself ends there", () => {
    assert.strictEqual(styleOf(paragraph("a", '<w:pStyle w:val="Circle"/>'))?.fontSizePx, 12)
  })

  it("centred text stands in the middle of the page", () => {
    const page = read(paragraph("Timetable", '<w:pStyle w:val="Title"/>'), { styles })
    const { box } = page.words[0]!
    assert.approximately(box.x + box.width / 2, page.widthPx / 2, 1)
  })
})

describe("the page", () => {
  it("is as wide as the section says and as high as its content needs", () => {
    const section = '<w:pgSz w:w="15840" w:h="12240"/><w:pgMar w:left="720" w:right="720" w:top="720" w:bottom="720"/>'
    const short = read(paragraph("a"), { section })
    const long = read(paragraph("a").repeat(100), { section })
    assert.deepStrictEqual([short.widthPx, short.pointsPerPixel, short.words[0]!.box.x], [1056, 0.75, 48])
    assert.approximately(long.heightPx - short.heightPx, 99 * 16, 1)
  })

  it("shows the first page's header above and its footer below the body", () => {
    const parts = { header: paragraph("School"), footer: paragraph("Address") }
    const reference = (type: string) =>
      `<w:headerReference w:type="${type}" r:id="header"/><w:footerReference w:type="${type}" r:id="footer"/>`
    const shown = (section: string) => textOf(read(paragraph("Body"), { ...parts, section }).words)
    assert.strictEqual(shown(reference("default")), "School Body Address")
    assert.strictEqual(shown(`${reference("first")}<w:titlePg/>`), "School Body Address")
    assert.strictEqual(shown(reference("even")), "Body")
  })

  it("without a table leaves it to the reader of pages to find one", () => {
    assert.isNull(read(paragraph("Monday 9:00 Maths")).tables)
  })
})
