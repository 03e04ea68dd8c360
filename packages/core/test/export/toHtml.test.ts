import { createHash } from "node:crypto"
import * as fc from "fast-check"
import { JSDOM } from "jsdom"
import { assert, describe, it } from "vitest"
import { type ExtractedTimeblock, type Extraction, type FieldEvidence, toHtml } from "../../src/index.ts"
import { extraction, timeblock } from "../support/extractions.ts"
import { HtmlPage } from "./htmlPage.ts"

const evidence = (text: string, x: number, y: number, page = 1): FieldEvidence => ({
  words: [{ page, box: { x, y, width: 60, height: 12 }, text, source: "native", engine: "pdf", confidence: 100 }],
  rule: "cell-text",
  repaired: false
})

const bell = { dayOfWeek: "Monday", time: "08:45", name: "Bell", page: 1, confidence: 99, evidence: {} } as const

/** Monday: a bell, Maths and Art; Tuesday: a double lesson; Thursday: two at once. */
const week: Extraction = extraction(
  [
    timeblock({
      evidence: { name: evidence("Maths", 100, 50), start: evidence("9-10", 10, 50), end: evidence("9-10", 10, 50) }
    }),
    timeblock({
      name: "Art",
      startTime: "10:00",
      endTime: "11:00",
      confidence: 97.99,
      evidence: { name: evidence("Art", 100, 90) }
    }),
    timeblock({ name: "Science", dayOfWeek: "Tuesday", endTime: "11:00", confidence: 60, color: "#CFE0FF" }),
    timeblock({
      name: "Choir",
      dayOfWeek: "Thursday",
      startTime: "10:00",
      endTime: "11:00",
      evidence: { name: evidence("Choir", 400, 90) }
    }),
    timeblock({
      name: "Band",
      dayOfWeek: "Thursday",
      startTime: "10:00",
      endTime: "11:00",
      evidence: { name: evidence("Choir", 400, 90) }
    })
  ],
  [bell]
)

const [maths, art, science, choir, band] = [0, 1, 2, 3, 4].map((index) => `timeblocks-${index}`) as [
  string,
  string,
  string,
  string,
  string
]

describe("the HTML page", () => {
  it("puts days side by side, and a block down over the starts that lie within it", () => {
    const page = new HtmlPage(toHtml(week))
    assert.deepStrictEqual(page.texts("[role=columnheader]"), ["Time", "Monday", "Tuesday", "Thursday"])
    assert.deepStrictEqual(page.texts("[role=rowheader]"), ["08:45", "09:00", "10:00–11:00"])
    const spans = page.all("[role=gridcell]").map((cell) => [cell.getAttribute("rowspan"), cell.children.length])
    assert.deepStrictEqual(spans, [
      ["1", 1],
      ["1", 0],
      ["1", 0],
      ["1", 1],
      ["2", 1],
      ["1", 0],
      ["1", 1],
      ["1", 2]
    ])
  })

  it("tells a confidence by sign and word, and never rounds it up to a better level", () => {
    const page = new HtmlPage(toHtml(week))
    const marks = [maths, art, science].map((item) => page.entry(item).querySelector(".confidence")?.textContent)
    assert.deepStrictEqual(marks, ["✓ Confidence 99, certain", "~ Confidence 97, fair", "? Confidence 60, doubtful"])
  })

  it("shows page images as data, and the words that were read where a page has none", () => {
    const twoPages: Extraction = {
      ...extraction([timeblock({ evidence: { name: evidence("Maths", 100, 50, 2) } })]),
      pages: [1, 2].map((page) => ({ page, widthPx: 1000, heightPx: 700, rotation: 0, tier: "native" as const }))
    }
    const bytes = new Uint8Array([137, 80, 78, 71])
    const page = new HtmlPage(toHtml(twoPages, { pageImages: [{ pageNumber: 1, mediaType: "image/png", bytes }] }))
    assert.deepStrictEqual(
      page.all("svg image").map((image) => image.getAttribute("href")),
      ["data:image/png;base64,iVBORw=="]
    )
    assert.deepStrictEqual(page.texts("svg > text"), ["Maths"])
  })

  it("numbers the words of each field, apart also where fields share a word", () => {
    const page = new HtmlPage(toHtml(week))
    const group = page.all(".boxes")[0]
    const boxes = [...(group?.querySelectorAll("rect") ?? [])]
    assert.deepStrictEqual(
      boxes.map((rectangle) => rectangle.getAttribute("class")),
      ["box field-2", "box field-3", "box field-4"]
    )
    assert.strictEqual(new Set(boxes.map((rectangle) => rectangle.outerHTML)).size, 3)
    assert.deepStrictEqual(
      [...(group?.querySelectorAll("text") ?? [])].map(({ textContent }) => textContent),
      ["2", "3", "4"]
    )
  })

  it("lists warnings with the blocks they are about, and markers, which lead to their place in the week", () => {
    const warning = { code: "overlap", message: "Two at once.", timeblocks: [3, 4, 99] }
    const page = new HtmlPage(toHtml({ ...week, warnings: [warning] }))
    assert.deepStrictEqual(page.texts(".warnings .link"), ["Choir, Thursday 10:00–11:00", "Band, Thursday 10:00–11:00"])
    page.fire("click", ".warnings .link[data-goto='timeblocks-4']")
    assert.deepStrictEqual([page.focused, page.detailed], [band, [band]])
    page.fire("click", "[data-goto='markers-0']")
    assert.deepStrictEqual([page.focused, page.detailed], ["markers-0", ["markers-0"]])
  })

  it("says when there is nothing to show", () => {
    assert.include(toHtml(extraction([])), "No timetable was found.")
  })
})

describe("the HTML page, used by keyboard", () => {
  it("is entered at one block and left again", () => {
    const page = new HtmlPage(toHtml(week))
    assert.deepStrictEqual(
      page.all(".entry[tabindex='0']").map((entry) => entry.getAttribute("data-item")),
      ["markers-0"]
    )
    page.entry(art).focus()
    assert.deepStrictEqual(
      page.all(".entry[tabindex='0']").map((entry) => entry.getAttribute("data-item")),
      [art]
    )
  })

  it("moves by arrows to the next block of a day and to the nearest of the next day that has any", () => {
    const page = new HtmlPage(toHtml(week))
    page.entry(maths).focus()
    const visited = [
      "ArrowDown",
      "ArrowDown",
      "ArrowRight",
      "ArrowRight",
      "ArrowDown",
      "ArrowRight",
      "ArrowLeft",
      "ArrowLeft",
      "ArrowUp"
    ].map((key) => {
      page.press(key)
      return page.focused
    })
    assert.deepStrictEqual(visited, [art, art, science, choir, band, band, science, maths, "markers-0"])
  })

  it("moves by Home and End along a row, with Control through the week", () => {
    const page = new HtmlPage(toHtml(week))
    page.entry(art).focus()
    const visited = [
      ["End", false],
      ["Home", false],
      ["Home", true],
      ["End", true]
    ].map(([key, ctrlKey]) => {
      page.press(String(key), { ctrlKey: ctrlKey === true })
      return page.focused
    })
    assert.deepStrictEqual(visited, [band, art, "markers-0", band])
  })

  it("lights the boxes of the focused block, keeps those of the chosen one, and lets go with Escape", () => {
    const page = new HtmlPage(toHtml(week))
    page.entry(maths).focus()
    assert.deepStrictEqual([page.lit, page.detailed], [[maths], [maths]])
    page.entry(maths).click()
    assert.deepStrictEqual(
      page.all("[aria-selected=true] [aria-pressed=true]").map((entry) => entry.getAttribute("data-item")),
      [maths]
    )
    page.entry(maths).blur()
    assert.deepStrictEqual(page.lit, [maths])
    page.press("Escape")
    assert.deepStrictEqual([page.lit, page.detailed, page.all("[aria-selected=true]")], [[], [], []])
  })

  it.each([
    { reducedMotion: false, behavior: "smooth" as const },
    { reducedMotion: true, behavior: "auto" as const }
  ])(
    "scrolls the document to boxes out of sight, $behavior where reduced motion is $reducedMotion",
    ({ behavior, reducedMotion }) => {
      const page = new HtmlPage(toHtml(week), reducedMotion)
      page.layOut(".document", { left: 0, right: 300, top: 0, bottom: 200 })
      page.layOut(".boxes[data-item='timeblocks-1'] .box", { left: 400, right: 460, top: 90, bottom: 102 })
      page.entry(art).focus()
      assert.deepInclude(page.scrolled.at(-1), { left: 430, behavior })
    }
  )
})

describe("the HTML page, used by mouse", () => {
  it("lights what is pointed at, in the week and in the document, and then again what is chosen", () => {
    const page = new HtmlPage(toHtml(week))
    page.entry(maths).click()
    page.fire("pointerenter", ".entry[data-item='timeblocks-1']")
    assert.deepStrictEqual(page.lit, [art])
    page.fire("pointerleave", ".entry[data-item='timeblocks-1']")
    assert.deepStrictEqual(page.lit, [maths])
    page.fire("pointerenter", ".place[data-items='timeblocks-3 timeblocks-4']")
    assert.deepStrictEqual(page.lit, [choir, band])
  })

  it("chooses by a click on a box, in turns where blocks share it", () => {
    const page = new HtmlPage(toHtml(week))
    const chosen = [1, 2, 3].map(() => {
      page.fire("click", ".place[data-items='timeblocks-3 timeblocks-4']")
      return page.focused
    })
    assert.deepStrictEqual(chosen, [choir, band, choir])
  })
})

/** An extraction whose every text is `text`, with something before that keeps texts apart. */
const filledWith = (text: string): Extraction => {
  const words = (name: string, x: number): FieldEvidence => ({
    words: [
      {
        page: 1,
        box: { x, y: 50, width: 60, height: 12 },
        text: `${name} ${text}`,
        source: "ocr",
        engine: text,
        confidence: 9
      }
    ],
    rule: text,
    repaired: true
  })
  const texts = {
    ...{ name: `x${text}`, notes: `n${text}`, subject: `s${text}`, room: `r${text}`, teacher: `t${text}` },
    ...{ week: `w${text}`, className: `c${text}`, color: text }
  }
  const filled: ExtractedTimeblock = timeblock({
    ...texts,
    evidence: { name: words("name", 100), day: words("day", 200), [`field ${text}`]: words("field", 300) }
  })
  return {
    ...extraction([filled], [{ ...bell, name: `b${text}`, evidence: { name: words("bell", 400) } }]),
    file: `f${text}`,
    documentType: text,
    metadata: { schoolName: `s${text}`, className: `c${text}`, teacher: `t${text}`, term: `m${text}`, year: 2025 },
    warnings: [{ code: text, message: text, timeblocks: [0] }]
  }
}

const parser = new new JSDOM().window.DOMParser()

/** The elements and attributes of a page, without text and values. */
const skeleton = (html: string): ReadonlyArray<string> =>
  [...parser.parseFromString(html, "text/html").querySelectorAll("*")].map(
    (element) => `${element.tagName} ${element.getAttributeNames().join(" ")}`
  )

const attacks = [
  "<script>window.attacked = true</script>",
  "</script><script>window.attacked = true</script>",
  "</style></title></svg></text></table><script>window.attacked = true</script>",
  '"><img src="x" onerror="window.attacked = true">',
  "' onfocus='window.attacked = true' autofocus='",
  '" onfocus="window.attacked = true" autofocus="',
  "<svg><style><img src=x onerror=window.attacked=true>",
  "--><!--",
  "]]><![CDATA[<b>",
  "&lt;script&gt;&#x3c;script&#x3e;",
  "<base href=//evil.example><meta http-equiv=refresh content=0>",
  "`; window.attacked = true; `",
  "\u0000\u000c\r\n\ud800<b>",
  "\u202e<i>",
  "javascript:window.attacked=true",
  "<plaintext>",
  "<noscript><p title='</noscript><b>'>"
]

describe("the HTML page of a hostile document", () => {
  const harmless = skeleton(toHtml(filledWith("text")))

  it("keeps every text text, so that no element and no attribute comes from the document", () => {
    const hostile = fc.oneof(
      fc.constantFrom(...attacks),
      fc.string({ unit: "binary" }),
      fc
        .array(fc.constantFrom("<", ">", "/", '"', "'", "&", "=", " ", "`", "-", "!", "b", "\n"))
        .map((parts) => parts.join(""))
    )
    fc.assert(
      fc.property(hostile, (text) => {
        assert.deepStrictEqual(skeleton(toHtml(filledWith(text))), harmless)
      }),
      { numRuns: 60, examples: attacks.map((attack): [string] => [attack]) }
    )
  })

  it("runs no script but its own, even where no policy is enforced", () => {
    for (const attack of attacks) {
      const page = new HtmlPage(toHtml(filledWith(attack)))
      page.entry(maths).focus()
      assert.notProperty(page.window, "attacked")
      assert.strictEqual(
        page.entry(maths).querySelector(".detail")?.textContent.includes("attacked"),
        attack.includes("attacked")
      )
    }
  })

  it("allows by its policy exactly its own script and style, and loads nothing", () => {
    const html = toHtml(filledWith(attacks[0] ?? ""))
    const page = new HtmlPage(html)
    const policy = page.all("meta[http-equiv='Content-Security-Policy']")[0]?.getAttribute("content")
    const hash = (selector: string) =>
      page
        .all(selector)
        .map(({ textContent }) => `'sha256-${createHash("sha256").update(textContent).digest("base64")}'`)
    assert.strictEqual(
      policy,
      `default-src 'none'; img-src data:; style-src ${hash("style").join(" ")}; script-src ${hash("script").join(" ")}; base-uri 'none'; form-action 'none'`
    )
    assert.deepStrictEqual(page.all("[src], [href]:not([href^='data:image/']), link, iframe, object, embed"), [])
    assert.notMatch(page.texts("style").join(""), /url\(|@import/)
  })
})
