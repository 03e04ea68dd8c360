import { assert, describe, it } from "@effect/vitest"
import { cell, cellsOf, pageOf, paragraph, row, run, table, textOf, wordFile } from "./wordFile.ts"

const tablesOf = (body: string, styles?: string) =>
  pageOf(wordFile({ body, ...(styles === undefined ? {} : { styles }) })).tables ?? []

const span = (columns: number) => `<w:gridSpan w:val="${columns}"/>`
const width = (twips: number) => `<w:tcW w:w="${twips}" w:type="dxa"/>`
const begin = '<w:vMerge w:val="restart"/>'
const goOn = "<w:vMerge/>"

describe("tables", () => {
  it("cells keep their spans over columns and rows", () => {
    const [read] = tablesOf(
      table(
        [1000, 1000, 1000],
        [
          row([cell("Time"), cell("Monday", span(2))]),
          row([cell("9.00"), cell("Swimming", begin + span(2))]),
          row([cell("10.00"), cell("", goOn + span(2))]),
          row([cell("11.00"), cell("Art"), cell("Music")])
        ]
      )
    )
    assert.deepStrictEqual(cellsOf(read!), [
      "0,0 1×1: Time",
      "0,1 1×2: Monday",
      "1,0 1×1: 9.00",
      "1,1 2×2: Swimming",
      "2,0 1×1: 10.00",
      "3,0 1×1: 11.00",
      "3,1 1×1: Art",
      "3,2 1×1: Music"
    ])
    assert.strictEqual(read!.origin, "native")
  })

  it("the old sideways merge joins cells as a span does", () => {
    const [read] = tablesOf(
      table(
        [1000, 1000],
        [row([cell("Break", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")]), row([cell("a"), cell("b")])]
      )
    )
    assert.deepStrictEqual(cellsOf(read!), ["0,0 1×2: Break", "1,0 1×1: a", "1,1 1×1: b"])
  })

  it("a cell that goes on with one of another width stays apart", () => {
    const [read] = tablesOf(
      table(
        [1000, 1000],
        [row([cell("a", begin), cell("b", begin)]), row([cell("c", goOn + span(2))]), row([cell("d"), cell("e", goOn)])]
      )
    )
    assert.deepStrictEqual(cellsOf(read!), ["0,0 1×1: a", "0,1 1×1: b", "1,0 1×2: c", "2,0 1×1: d", "2,1 1×1: e"])
  })

  it("free columns before and after a row's cells become empty cells", () => {
    const [read] = tablesOf(
      table(
        [1000, 1000, 1000],
        [row([cell("b")], '<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'), row([cell("a"), cell("b"), cell("c")])]
      )
    )
    assert.deepStrictEqual(cellsOf(read!).slice(0, 3), ["0,0 1×1:", "0,1 1×1: b", "0,2 1×1:"])
  })

  it("rows that do not fit a wrong grid stand by their cells' own widths", () => {
    const [read] = tablesOf(
      table(
        [500],
        [
          row([cell("Title", width(3000))]),
          row([cell("a", width(1000)), cell("b", width(2000))]),
          row([cell("c", width(2000)), cell("d", width(1010))])
        ]
      )
    )
    assert.deepStrictEqual(cellsOf(read!), ["0,0 1×3: Title", "1,0 1×1: a", "1,1 1×2: b", "2,0 1×2: c", "2,2 1×1: d"])
  })

  it("a table without grid and widths has a column for each cell", () => {
    const [read] = tablesOf(table([], [row([cell("a"), cell("b")]), row([cell("c")])]))
    assert.deepStrictEqual(cellsOf(read!), ["0,0 1×1: a", "0,1 1×1: b", "1,0 1×1: c", "1,1 1×1:"])
  })

  it("turned writing keeps its order and says how it is turned", () => {
    const direction = (value: string) => `<w:textDirection w:val="${value}"/>`
    const [read] = tablesOf(
      table([1000, 1000], [row([cell("lunch break", direction("btLr")), cell("home time", direction("tbRl"))])])
    )
    const [up, down] = read!.cells
    assert.deepStrictEqual(
      [up!, down!].map(({ words }) => [textOf(words), ...words.map(({ rotation }) => rotation)]),
      [
        ["lunch break", 270, 270],
        ["home time", 90, 90]
      ]
    )
    assert.isAbove(up!.words[0]!.box.y, up!.words[1]!.box.y)
    assert.isBelow(down!.words[0]!.box.y, down!.words[1]!.box.y)
  })

  it("a cell's fill is its own shading, a mixed pattern, or none", () => {
    const shading = (attributes: string) => `<w:shd ${attributes}/>`
    const page = pageOf(
      wordFile({
        body: table(
          [1000, 1000, 1000, 1000],
          [
            row([
              cell("a", shading('w:val="clear" w:fill="cfe0ff"')),
              cell("b", shading('w:val="pct50" w:color="000000" w:fill="FFFFFF"')),
              cell("c", shading('w:val="clear" w:fill="auto"')),
              cell(`<w:p>${run("d", '<w:shd w:val="clear" w:fill="FF0000"/><w:highlight w:val="yellow"/>')}</w:p>`)
            ])
          ]
        )
      })
    )
    assert.deepStrictEqual(
      page.tables![0]!.cells.map(({ fill }) => fill),
      ["#CFE0FF", "#808080", null, null]
    )
    assert.deepStrictEqual(
      page.fills.map(({ color }) => color),
      ["#CFE0FF", "#808080"]
    )
  })

  it("a table style shades its first row and its bands, unless the cell says otherwise", () => {
    const region = (type: string, fill: string, bold = "") =>
      `<w:tblStylePr w:type="${type}"><w:rPr>${bold}</w:rPr><w:tcPr><w:shd w:val="clear" w:fill="${fill}"/></w:tcPr></w:tblStylePr>`
    const styles = `<w:style w:type="table" w:styleId="Week">${region("firstRow", "111111", "<w:b/>")}${region("band1Horz", "222222")}</w:style>`
    const [read] = tablesOf(
      table(
        [1000],
        [
          row([cell("a")]),
          row([cell("b")]),
          row([cell("c")]),
          row([cell("d", '<w:shd w:val="clear" w:fill="333333"/>')])
        ],
        '<w:tblStyle w:val="Week"/><w:tblLook w:val="0020"/>'
      ),
      styles
    )
    assert.deepStrictEqual(
      read!.cells.map(({ fill, words }) => [fill, words[0]!.style!.bold]),
      [
        ["#111111", true],
        ["#222222", false],
        [null, false],
        ["#333333", false]
      ]
    )
  })

  it("a table that only places others is not reported, they are", () => {
    const day = (name: string) => table([500, 500], [row([cell(name), cell("x")]), row([cell("9.00"), cell("Maths")])])
    const read = tablesOf(table([3000, 3000], [row([cell(day("Mon") + paragraph("")), cell(day("Tue"))])]))
    assert.deepStrictEqual(
      read.map((each) => textOf(each.cells.flatMap(({ words }) => words))),
      ["Mon x 9.00 Maths", "Tue x 9.00 Maths"]
    )
    assert.isAtLeast(read[1]!.box.x, read[0]!.box.x + read[0]!.box.width)
  })

  it("a small table inside a cell gives its words to the cell, a larger one keeps them", () => {
    const small = table([500, 500], [row([cell("Room"), cell("4")])])
    const large = table([500, 500], [row([cell("p"), cell("q")]), row([cell("r"), cell("s")])])
    const read = tablesOf(
      table([3000, 3000], [row([cell(paragraph("Maths") + small), cell(paragraph("Groups") + large)])])
    )
    assert.deepStrictEqual(read.map(cellsOf), [
      ["0,0 1×1: Maths Room 4", "0,1 1×1: Groups"],
      ["0,0 1×1: p", "0,1 1×1: q", "1,0 1×1: r", "1,1 1×1: s"]
    ])
  })

  it("words stand inside their cells, squeezed and never wrapped, in the order of the page", () => {
    const long = "Personal and social education with the whole of year four"
    const page = pageOf(
      wordFile({
        body:
          paragraph("Above") +
          table([700, 700], [row([cell(long), cell("b", '<w:textDirection w:val="btLr"/>')])]) +
          paragraph("Below")
      })
    )
    assert.strictEqual(textOf(page.words), `Above ${long} b Below`)
    const [first, second] = page.tables![0]!.cells
    for (const { box, words } of [first!, second!]) {
      for (const word of words) {
        assert.isTrue(word.box.x >= box.x && word.box.x + word.box.width <= box.x + box.width)
        assert.isTrue(word.box.y >= box.y && word.box.y + word.box.height <= box.y + box.height)
      }
    }
    assert.strictEqual(new Set(first!.words.map(({ box }) => box.y)).size, 1)
    assert.isBelow(page.words.at(0)!.box.y, first!.box.y)
    assert.isAbove(page.words.at(-1)!.box.y, first!.box.y + first!.box.height)
  })

  it("rows are as high as stated and as their cells need", () => {
    const [read] = tablesOf(
      table(
        [1000, 1000],
        [
          row([cell("a"), cell(paragraph("1") + paragraph("2") + paragraph("3"))]),
          row([cell("b"), cell("c")], '<w:trHeight w:val="3000"/>')
        ]
      )
    )
    const [top, middle, bottom] = read!.rowEdges
    assert.isAbove(middle! - top!, 3 * (40 / 3))
    assert.strictEqual(bottom! - middle!, 200)
  })

  it("deleted rows are left out, and rows and cells in content controls are kept", () => {
    const control = (content: string) => `<w:sdt><w:sdtContent>${content}</w:sdtContent></w:sdt>`
    const [read] = tablesOf(
      control(
        table(
          [1000],
          [row([cell("old")], "<w:del/>"), control(row([control(cell("new"))])), row([cell("kept")], "<w:ins/>")]
        )
      )
    )
    assert.deepStrictEqual(cellsOf(read!), ["0,0 1×1: new", "1,0 1×1: kept"])
  })
})
